import { fork } from 'node:child_process';
import path from 'node:path';
import { HostEmitter, NotInHostError, strict } from './strict.ts';

/** A process beside main: Node's fork, with the channel of messages that Electron gives. */
class HostUtilityProcess extends HostEmitter {
  readonly serviceName: string;
  readonly #child;

  constructor(entry: string, args: readonly string[], serviceName: string) {
    super('UtilityProcess', ['message', 'exit', 'spawn', 'error']);
    this.serviceName = serviceName;
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

const running = new Set<HostUtilityProcess>();

/** Those that run now, as `app.getAppMetrics` tells of them. */
export const utilityProcesses = (): { pid: number; type: string; name: string }[] =>
  [...running].map(({ pid, serviceName }) => ({ pid: pid ?? 0, type: 'Utility', name: serviceName }));

const taken: ReadonlySet<string> = new Set(['serviceName']);

export const utilityProcess = strict('utilityProcess', {
  fork(
    entry: string,
    args: readonly string[] = [],
    options: { serviceName?: string } = {},
  ): HostUtilityProcess {
    for (const name of Object.keys(options))
      if (!taken.has(name)) throw new NotInHostError(`utilityProcess.fork option "${name}"`);
    const made = new HostUtilityProcess(entry, args, options.serviceName ?? 'Node Utility Process');
    running.add(made);
    made.once('exit', () => running.delete(made));
    return strict('UtilityProcess', made);
  },
});
