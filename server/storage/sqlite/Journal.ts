import type { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { workerUrl } from '../../workerUrl.ts';
import type { LogRow } from '../ports/UpdateLog.ts';
import type { NewSegment } from './SegmentTable.ts';
import { startWorker } from '../../startWorker.ts';

export type JournalRequest =
  | { readonly kind: 'page'; readonly document: DocumentId; readonly after: number; readonly upTo: number }
  | { readonly kind: 'segment'; readonly document: DocumentId; readonly atLeast: number };

export type JournalReply =
  | { readonly value: unknown }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } };

const idleMs = 30_000;

/**
 * The old rows of the log: read and packed in a thread of their own, so that neither commits nor the event loop wait. It is started when it is needed and let go when it is not; one
 * request at a time.
 */
export class Journal {
  private readonly file: string;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(file: string) {
    this.file = file;
  }

  /** Rows with `seq` > after and <= upTo, in order. @throws AppError `document_damaged`, `storage_failed` */
  async read(document: DocumentId, after: number, upTo: number): Promise<readonly LogRow[]> {
    const rows: LogRow[] = [];
    let last = after;
    while (last < upTo) {
      // Page by page: the event loop takes a thousand rows at a time, and other work in between.
      const page = (await this.next({ kind: 'page', document, after: last, upTo })) as readonly LogRow[];
      if (page.length === 0) break;
      rows.push(...page);
      last = page.at(-1)?.seq ?? upTo;
    }
    return rows;
  }

  /** Packs the next old rows; storing them is the writer's. @see nextSegment */
  async pack(document: DocumentId, atLeast: number): Promise<NewSegment | null> {
    return (await this.next({ kind: 'segment', document, atLeast })) as NewSegment | null;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.stop();
  }

  private next(request: JournalRequest): Promise<unknown> {
    const result = this.last.then(() => this.run(request));
    this.last = result.catch(() => null);
    return result;
  }

  private async run(request: JournalRequest): Promise<unknown> {
    if (this.closed) throw new AppError('storage_failed', 'the database is closed');
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.worker ??= startWorker(workerUrl(import.meta.url, './journalWorker'), { file: this.file });
    const { worker } = this;
    worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onMessage = (reply: JournalReply): void => {
      if ('failure' in reply) reject(new AppError(reply.failure.code, reply.failure.message));
      else resolve(reply.value);
    };
    const onEnd = (): void => {
      reject(new AppError('storage_failed', 'the worker that reads the journal stopped'));
      void this.stop();
    };
    worker.once('message', onMessage).once('error', onEnd).once('exit', onEnd);
    worker.postMessage(request);
    try {
      return await promise;
    } finally {
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
