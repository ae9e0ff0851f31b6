import type { Worker } from 'node:worker_threads';
import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { workerUrl } from '../workerUrl.ts';
import type { ComparisonJob } from './compareMoments.ts';
import { startWorker } from '../startWorker.ts';

export type ComparisonReply = { readonly comparison: NoteComparison } | { readonly error: string };

/** Far above what a long note takes (a second); below a person's patience. */
const maxMs = 15_000;
const idleMs = 30_000;

/** A worker thread that compares, started when it is needed and let go when it is not. One comparison at a time. */
export class Comparer {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | null = null;
  private closed = false;

  /**
   * @param signal - aborted when nobody waits for the answer any more: a comparison under way is stopped.
   * @throws AppError `too_large` when it took too long, `internal` when it failed or was stopped.
   */
  compare(job: ComparisonJob, signal?: AbortSignal): Promise<NoteComparison> {
    const result = this.last.then(() => this.run(job, signal));
    this.last = result.catch(() => null);
    return result;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.stop();
    await this.last;
  }

  private async run(job: ComparisonJob, signal: AbortSignal | undefined): Promise<NoteComparison> {
    if (signal?.aborted || this.closed) throw new AppError('internal', 'the comparison was called off');
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.worker ??= startWorker(workerUrl(import.meta.url, './comparisonWorker'));
    const { worker } = this;
    worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<NoteComparison>();
    const giveUp = (error: AppError): void => {
      reject(error);
      void this.stop();
    };
    const onMessage = (reply: ComparisonReply): void => {
      if ('error' in reply) reject(new AppError('internal', `not compared: ${reply.error}`));
      else resolve(reply.comparison);
    };
    const onEnd = (): void => giveUp(new AppError('internal', 'the worker that compares stopped'));
    const onAbort = (): void => giveUp(new AppError('internal', 'the comparison was called off'));
    const timer = setTimeout(
      () => giveUp(new AppError('too_large', `not compared within ${maxMs} ms`)),
      maxMs,
    );
    worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd);
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(job);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
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
