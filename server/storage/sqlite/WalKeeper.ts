import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { workerUrl } from '../../workerUrl.ts';
import { startWorker } from '../../startWorker.ts';

/** Writes between two looks at its size. */
const lookEvery = 64;

/**
 * Has the WAL copied into the database file from time to time, by a thread of its own that is started when it is first needed. What is written during its last
 * pass is little, and copied by the worker that writes (`finish`): only when nothing is left does the WAL begin again from its start, instead of growing.
 */
export class WalKeeper {
  private readonly file: string;
  private readonly finish: () => void;
  private readonly fullBytes: number;
  private worker: Worker | null = null;
  private running: PromiseWithResolvers<void> | null = null;
  private writes = 0;

  /** @param fullBytes - of the WAL, from which on it is copied into the database file. */
  constructor(file: string, finish: () => void, fullBytes: number) {
    this.file = file;
    this.finish = finish;
    this.fullBytes = fullBytes;
  }

  /** Something was committed. */
  wrote(): void {
    this.writes += 1;
    if (this.running !== null || this.writes % lookEvery !== 0 || this.walBytes() < this.fullBytes) return;
    this.running = Promise.withResolvers();
    this.worker ??= this.start();
    this.worker.postMessage(null);
  }

  /** Resolves when nobody but the writer has the file open. */
  async close(): Promise<void> {
    await this.running?.promise;
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = startWorker(workerUrl(import.meta.url, './walWorker'), { file: this.file });
    const ended = (): void => {
      this.running?.resolve();
      this.running = null;
    };
    worker.on('message', (sound: boolean) => {
      ended();
      if (sound) this.finish();
    });
    // It ran out of memory, say: the next time another is started.
    worker.on('error', () => (this.worker = null));
    worker.on('exit', ended);
    worker.unref();
    return worker;
  }

  private walBytes(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
