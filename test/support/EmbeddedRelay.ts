import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newVisitor, type TestVisitor } from './newFullRelay.ts';

const program = fileURLToPath(new URL('./runEmbeddedRelay.ts', import.meta.url));

/** The whole relay of one computer, in a process of its own that a test kills and starts again over the same folder, at the same address. */
export class EmbeddedRelay {
  readonly databaseFile: string;
  /** The person of the computer, whose session outlives the process. */
  me: TestVisitor | null = null;
  url = '';
  readonly #folder: string;
  #process: ChildProcess | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.databaseFile = path.join(folder, 'calepin.sqlite');
  }

  async start(): Promise<TestVisitor> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const child = fork(program, [this.#folder, port], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#process = child;
    const ready = once(child, 'message') as Promise<[{ url: string; secret: string }]>;
    const answer = await Promise.race([ready, once(child, 'exit').then(() => null)]);
    if (answer === null) throw new Error('the relay did not start');
    const [{ url, secret }] = answer;
    this.url = url;
    if (this.me === null) {
      this.me = newVisitor(url);
      await this.me.json('POST', '/api/session/launch', { secret, language: 'fr' });
    }
    return this.me;
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
