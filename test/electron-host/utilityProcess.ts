import { fork } from 'node:child_process';
import path from 'node:path';
import { HostEmitter, NotInHostError, strict } from './strict.ts';

/** A process beside main: Node's fork, with the channel of messages that Electron gives. */
class HostUtilityProcess extends HostEmitter {
  readonly #child;

  constructor(entry: string, args: readonly string[]) {
    super('UtilityProcess', ['message', 'exit', 'spawn', 'error']);
    this.#child = fork(entry, [...args], {
      // Not this process's own hooks: there is no `electron` module in a utility process that the relay would use.
      execArgv: ['--import', path.join(import.meta.dirname, 'parentPort.mjs')],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code, signal) => this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 1)));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

const taken: ReadonlySet<string> = new Set(['serviceName']);

export const utilityProcess = strict('utilityProcess', {
  fork(entry: string, args: readonly string[] = [], options: object = {}): HostUtilityProcess {
    for (const name of Object.keys(options))
      if (!taken.has(name)) throw new NotInHostError(`utilityProcess.fork option "${name}"`);
    return strict('UtilityProcess', new HostUtilityProcess(entry, args));
  },
});
