import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { WorkerFault, WorkerLane } from '../../WorkerLane.ts';
import { workerUrl } from '../../workerUrl.ts';
import type { LoadedUpdates, LogRow, SoundDocument } from '../ports/UpdateLog.ts';
import type { SizesPage } from './readSizes.ts';
import type { NewSegment } from './SegmentTable.ts';

export type JournalRequest =
  | { readonly kind: 'page'; readonly document: DocumentId; readonly after: number; readonly upTo: number }
  | { readonly kind: 'segment'; readonly document: DocumentId; readonly atLeast: number }
  | { readonly kind: 'updates'; readonly document: DocumentId; readonly maxRows: number }
  | { readonly kind: 'sound'; readonly document: DocumentId }
  | { readonly kind: 'sizes'; readonly of: readonly DocumentId[] | null; readonly after: number };

export type JournalReply =
  | { readonly value: unknown }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } };

/** The old rows of the log: read and packed in a thread of their own, so that neither commits nor the event loop wait. */
export class Journal {
  private readonly lane: WorkerLane<JournalRequest, JournalReply>;

  constructor(file: string) {
    this.lane = new WorkerLane(workerUrl(import.meta.url, './journalWorker'), { workerData: { file } });
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

  /** What a worker builds a document from. @throws AppError `document_damaged`, `storage_failed` @see readUpdates */
  async loadUpdates(document: DocumentId, maxRows: number): Promise<LoadedUpdates | null> {
    return (await this.next({ kind: 'updates', document, maxRows })) as LoadedUpdates | null;
  }

  /** What is sound of a document, wherever it is kept. @see readSound */
  async loadSound(document: DocumentId): Promise<SoundDocument | null> {
    return (await this.next({ kind: 'sound', document })) as SoundDocument | null;
  }

  /** How much documents take. @see readSizes */
  async sizes(of: readonly DocumentId[] | null): Promise<ReadonlyMap<DocumentId, number>> {
    const sizes = new Map<DocumentId, number>();
    // Page by page: whoever waits for a document is let in between.
    for (let after: number | null = 0; after !== null;) {
      const page = (await this.next({ kind: 'sizes', of, after })) as SizesPage;
      for (const [document, bytes] of page.sizes) sizes.set(document, bytes);
      after = page.next;
    }
    return sizes;
  }

  close(): Promise<void> {
    return this.lane.close();
  }

  private async next(request: JournalRequest): Promise<unknown> {
    const reply = await this.lane.ask(request).catch((error: unknown) => {
      if (!(error instanceof WorkerFault)) throw error;
      throw new AppError('storage_failed', `the journal was not read: ${error.message}`);
    });
    if ('failure' in reply) throw new AppError(reply.failure.code, reply.failure.message);
    return reply.value;
  }
}
