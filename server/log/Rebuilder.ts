import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/api/errorCodes.ts';
import { workerUrl } from '../workerUrl.ts';
import type { Collected } from './rebuild.ts';
import { type TreeLimits, treeLimits } from './treeFault.ts';

export interface RebuildRequest {
  readonly kind: Rebuilt['kind'];
  readonly updates: readonly Uint8Array[];
  readonly limits: TreeLimits;
}

/** The answer to each kind of request. */
export type Rebuilt =
  | { readonly kind: 'collect'; readonly collected: Collected }
  | { readonly kind: 'uncollected'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'soundPrefix'; readonly count: number };

export type RebuildReply = { readonly rebuilt: Rebuilt } | { readonly error: string };

const idleMs = 30_000;

/** A worker thread that builds documents, started when it is needed and let go when it is not. One request at a time. */
export class Rebuilder {
  private readonly maxMs: number;
  private readonly limits: TreeLimits;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | null = null;
  private closed = false;

  /** @param maxMs - how long one document may take; then the worker is stopped. */
  constructor(maxMs: number, limits: Partial<TreeLimits> = {}) {
    this.maxMs = maxMs;
    this.limits = { ...treeLimits, ...limits };
  }

  /** @throws AppError `document_damaged` when Yjs cannot read the updates, `internal` when the worker failed or took too long. */
  async collect(updates: readonly Uint8Array[]): Promise<Collected> {
    return (await this.next('collect', updates)).collected;
  }

  /** How many of these updates make a sound document. @throws as `collect` */
  async soundPrefix(updates: readonly Uint8Array[]): Promise<number> {
    return (await this.next('soundPrefix', updates)).count;
  }

  /** The state with deleted text. @throws as `collect` */
  async uncollected(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    return (await this.next('uncollected', updates)).bytes;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.stop();
  }

  private next<K extends Rebuilt['kind']>(
    kind: K,
    updates: readonly Uint8Array[],
  ): Promise<Extract<Rebuilt, { kind: K }>> {
    const result = this.last.then(() => this.run({ kind, updates, limits: this.limits }));
    this.last = result.catch(() => null);
    return result as Promise<Extract<Rebuilt, { kind: K }>>;
  }

  private async run(request: RebuildRequest): Promise<Rebuilt> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.worker ??= new Worker(workerUrl(import.meta.url, './rebuildWorker'));
    const { worker } = this;
    worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<Rebuilt>();
    // A worker that ran out of memory or time says nothing about the document.
    const fail = (message: string): void => {
      reject(new AppError('internal', message));
    };
    const onMessage = (reply: RebuildReply): void => {
      if ('error' in reply) reject(new AppError('document_damaged', reply.error));
      else resolve(reply.rebuilt);
    };
    const onEnd = (): void => {
      fail('the worker that rebuilds documents stopped');
      void this.stop();
    };
    const timer = setTimeout(() => {
      fail(`not rebuilt within ${this.maxMs} ms`);
      void this.stop();
    }, this.maxMs);
    worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd);
    try {
      // A view may be a small part of its buffer: only the part goes. (`slice` of a Buffer would be a view again.)
      const updates = request.updates.map((update) => new Uint8Array(update));
      worker.postMessage(
        { ...request, updates },
        updates.map((update) => update.buffer),
      );
      return await promise;
    } finally {
      clearTimeout(timer);
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
