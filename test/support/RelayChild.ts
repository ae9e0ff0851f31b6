import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { TicketValues } from '#server/ws/TicketOffice.ts';

const program = fileURLToPath(new URL('./runRelayChild.ts', import.meta.url));

/** The relay's core over a database file, in a process of its own that a test kills. */
export class RelayChild {
  readonly url: string;
  readonly exited: Promise<void>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, exited: Promise<void>, url: string) {
    this.#process = process;
    this.exited = exited;
    this.url = url;
  }

  /**
   * @param environment - added to this process's own.
   * @returns null when it ended before it was ready.
   */
  static async start(file: string, environment: Record<string, string> = {}): Promise<RelayChild | null> {
    const child = fork(program, [file], {
      // What it complains of is only of interest when nobody made its disk fail.
      stdio: ['ignore', 'ignore', 'LD_PRELOAD' in environment ? 'ignore' : 'inherit', 'ipc'],
      env: { ...process.env, ...environment },
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const ready = once(child, 'message') as Promise<[{ url: string }]>;
    const answer = await Promise.race([ready, exited.then(() => null)]);
    return answer === null ? null : new RelayChild(child, exited, answer[0].url);
  }

  /** A ticket for a document, which is made when it is not there. Null when the relay ended meanwhile. One is asked for at a time. */
  async ticket(document: DocumentId, values: Partial<TicketValues>): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<{ ticket: string | null } | null>();
    this.#process.once('message', resolve);
    this.#process.send({ document, values }, (error) => error && resolve(null));
    void this.exited.then(() => resolve(null));
    const answer = await promise;
    this.#process.off('message', resolve);
    return answer?.ticket ?? null;
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exited;
  }
}
