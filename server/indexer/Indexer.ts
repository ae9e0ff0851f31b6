import type { DocumentId } from '#shared/domain/ids.ts';
import type { IndexerOptions } from './IndexerOptions.ts';
import { indexCollection } from './indexCollection.ts';
import { indexNote } from './indexNote.ts';

interface Pending {
  readonly since: number;
  timer: NodeJS.Timeout;
}

/** Keeps what is derived from documents up to date with the log, one document at a time, soon after each change. */
export class Indexer {
  readonly #options: IndexerOptions;
  readonly #delayMs: number;
  readonly #maxDelayMs: number;
  readonly #pending = new Map<DocumentId, Pending>();
  #queue: Promise<void> = Promise.resolve();
  #stopListening: (() => void) | null = null;
  #closed = false;

  constructor(options: IndexerOptions) {
    this.#options = options;
    this.#delayMs = options.delayMs ?? 300;
    this.#maxDelayMs = options.maxDelayMs ?? 2_000;
  }

  /** Follows the log from here on, and indexes what changed while nobody did. Resolves when that is done. */
  async start(): Promise<void> {
    this.#stopListening ??= this.#options.documents.onAppended(({ document }) => {
      this.#schedule(document);
    });
    const { log, catalogue } = this.#options;
    const [heads, indexed] = await Promise.all([log.documents(), catalogue.derived.indexedSeqs()]);
    const behind = heads.filter((head) => (indexed.get(head.document) ?? -1) !== head.seq);
    for (const head of behind) {
      if (this.#closed) return;
      await this.indexNow(head.document);
    }
  }

  /** Brings one document's derived rows up to its newest row. Resolves when they are stored; a failure is logged. */
  indexNow(document: DocumentId): Promise<void> {
    const pending = this.#pending.get(document);
    if (pending !== undefined) {
      clearTimeout(pending.timer);
      this.#pending.delete(document);
    }
    const done = this.#queue.then(() => this.#index(document));
    this.#queue = done;
    return done;
  }

  /** Indexes what waits, then stops. Safe to call twice. */
  async close(): Promise<void> {
    this.#stopListening?.();
    this.#stopListening = null;
    this.#closed = true;
    for (const document of [...this.#pending.keys()]) void this.indexNow(document);
    await this.#queue;
  }

  #schedule(document: DocumentId): void {
    if (this.#closed) return;
    const pending = this.#pending.get(document);
    const since = pending?.since ?? performance.now();
    if (pending !== undefined) clearTimeout(pending.timer);
    const wait = Math.max(0, Math.min(this.#delayMs, since + this.#maxDelayMs - performance.now()));
    const timer = setTimeout(() => void this.indexNow(document), wait);
    timer.unref();
    this.#pending.set(document, { since, timer });
  }

  async #index(document: DocumentId): Promise<void> {
    const { log, logger } = this.#options;
    try {
      const head = await log.head(document);
      if (head?.kind === 'note') await indexNote(this.#options, head);
      if (head?.kind === 'carnet' || head?.kind === 'base')
        await indexCollection(this.#options, head, head.kind);
    } catch (error) {
      logger.error({ document, err: error }, 'indexing failed');
    }
  }
}
