import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..', '..');

/** The product as `npm start` starts it, over a data folder of its own; may be killed and started again at the same address. */
export class Product {
  /** Where it is reached, without a path. */
  readonly origin: string;
  readonly #folder: string;
  #child: ChildProcess;
  #readyUrl: string;

  private constructor(folder: string, started: { child: ChildProcess; readyUrl: string }) {
    this.#folder = folder;
    this.#child = started.child;
    this.#readyUrl = started.readyUrl;
    this.origin = new URL(started.readyUrl).origin;
  }

  static async start(): Promise<Product> {
    const folder = mkdtempSync(path.join(tmpdir(), 'calepin-product-'));
    return new Product(folder, await run(folder, '0'));
  }

  /** The address of the line `Calepin is ready: …`: signs the local person in. */
  get readyUrl(): string {
    return this.#readyUrl;
  }

  /** Where its log and catalogue are. */
  get databaseFile(): string {
    return path.join(this.#folder, 'calepin.sqlite');
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  /** Stops it in the middle of whatever it does: it is there, and answers nothing. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Lets it go on. */
  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Starts it again over the same data, at the same address. */
  async restart(): Promise<void> {
    await this.kill();
    const { child, readyUrl } = await run(this.#folder, new URL(this.origin).port);
    this.#child = child;
    this.#readyUrl = readyUrl;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function run(folder: string, port: string): Promise<{ child: ChildProcess; readyUrl: string }> {
  const child = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: { ...process.env, PORT: port, CALEPIN_DATA: folder, CALEPIN_OPEN: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    once(child, 'exit').then(() => null),
  ]);
  const readyUrl = /^Calepin is ready: (\S+)$/.exec(line ?? '')?.[1];
  if (readyUrl === undefined) throw new Error(`Calepin did not start: ${line ?? ''} ${errors}`);
  return { child, readyUrl };
}
