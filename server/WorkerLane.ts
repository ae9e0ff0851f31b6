import type { Worker } from 'node:worker_threads';
import { AppError } from '#shared/api/errorCodes.ts';
import { startWorker } from './startWorker.ts';

const idleMs = 30_000;
/** How many times longer than it works a worker may take, where others want the processor too. */
const patience = 20;

/** A worker thread, started when it is needed and let go when it is not, that answers one question at a time. */
export class WorkerLane<Question, Answer> {
  private readonly url: URL;
  private readonly maxMs: number;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | null = null;
  private closed = false;

  /**
   * @param url - of the worker's file. @see workerUrl
   * @param maxMs - how long the worker may work at one answer; then it is stopped.
   */
  constructor(url: URL, maxMs: number) {
    this.url = url;
    this.maxMs = maxMs;
  }

  /**
   * @param moved - buffers of the question that go to the worker.
   * @throws AppError `internal` when the worker stopped, or took too long.
   */
  ask(question: Question, moved: readonly ArrayBuffer[] = []): Promise<Answer> {
    const answer = this.last.then(() => this.run(question, moved));
    this.last = answer.catch(() => null);
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.stop();
  }

  private async run(question: Question, moved: readonly ArrayBuffer[]): Promise<Answer> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // A worker that ran out of memory or time says nothing of what it was asked about.
    const fail = (message: string): void => {
      reject(new AppError('internal', message));
      void this.stop();
    };
    const onEnd = (): void => {
      fail('a worker stopped');
    };
    let isAnswered = false;
    let timer: NodeJS.Timeout | null = null;
    const watch = (): void => {
      const { worker } = this;
      // One that has stopped has nothing to say; its end is heard elsewhere.
      const before = worker?.cpuUsage().catch(() => undefined);
      const end = performance.now() + this.maxMs * patience;
      const look = async (): Promise<void> => {
        const since = await before;
        const used = since === undefined ? undefined : await worker?.cpuUsage(since).catch(() => undefined);
        if (isAnswered) return;
        const left = this.maxMs - (used === undefined ? Infinity : (used.user + used.system) / 1000);
        if (left <= 0 || performance.now() > end) fail(`no answer from a worker within ${this.maxMs} ms`);
        else timer = setTimeout(() => void look(), left);
      };
      timer = setTimeout(() => void look(), this.maxMs);
    };
    if (this.worker === null) {
      this.worker = startWorker(this.url);
      this.worker.once('online', watch);
    } else watch();
    const { worker } = this;
    worker.ref();
    worker.once('message', resolve).once('error', onEnd).once('exit', onEnd);
    try {
      worker.postMessage(question, moved);
      return await promise;
    } finally {
      isAnswered = true;
      if (timer !== null) clearTimeout(timer);
      worker.off('message', resolve).off('error', onEnd).off('exit', onEnd).off('online', watch);
      worker.unref();
      if (!this.closed) {
        this.idleTimer = setTimeout(() => void this.stop(), idleMs);
        this.idleTimer.unref();
      }
    }
  }

  private async stop(): Promise<void> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}
