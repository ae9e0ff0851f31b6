import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

/** The whole relay over a data folder of its own, in a process that a test may kill and start again at the same address. */
export class RelayProcess {
  /** Where people reach it. */
  readonly origin: string;
  readonly #folder: string;
  #child: ChildProcess;
  #readyUrl: string;

  private constructor(folder: string, started: { child: ChildProcess; url: string; readyUrl: string }) {
    this.#folder = folder;
    this.#child = started.child;
    this.origin = started.url;
    this.#readyUrl = started.readyUrl;
  }

  static async start(): Promise<RelayProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), 'calepin-relay-'));
    return new RelayProcess(folder, await run(folder, '0'));
  }

  /** The secret that signs the local person in. */
  get launchSecret(): string {
    return this.#readyUrl.split('#launch=')[1] ?? '';
  }

  /** Where its log and catalogue are. */
  get dataFolder(): string {
    return this.#folder;
  }

  /** Asks it to stop, as a service manager does. @returns its exit code; null when it was ended otherwise. */
  async stop(): Promise<number | null> {
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exit;
    return this.#child.exitCode;
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
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

async function run(
  folder: string,
  port: string,
): Promise<{ child: ChildProcess; url: string; readyUrl: string }> {
  const entry = path.join(import.meta.dirname, 'relayProcess.mjs');
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, PORT: port, CALEPIN_DATA: folder, CALEPIN_LOG_LEVEL: 'warn' },
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
  if (line === null) throw new Error(`The relay did not start: ${errors}`);
  return { child, ...(JSON.parse(line) as { url: string; readyUrl: string }) };
}
