import type { DocumentId } from '#shared/domain/ids.ts';
import type { IndexerOptions } from './IndexerOptions.ts';
import { indexCollection } from './indexCollection.ts';
import { indexNote } from './indexNote.ts';

interface Pending {
  readonly since: number;
  timer: NodeJS.Timeout;
}

/** From so many ms of reading on, a document rests before it is read again. */
const longMs = 100;
/** How many times longer than it was read a document rests. Less: a long note that is written in keeps the relay reading it; more: titles and search follow it later. */
const restTimes = 10;
const longestRestMs = 15_000;

/** Keeps what is derived from documents up to date with the log, one document at a time, soon after each change. */
export class Indexer {
  readonly #options: IndexerOptions;
  readonly #delayMs: number;
  readonly #maxDelayMs: number;
  readonly #pending = new Map<DocumentId, Pending>();
  /** When those that take long may be read again. */
  readonly #restUntil = new Map<DocumentId, number>();
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
    const now = performance.now();
    const wait = Math.max(
      0,
      Math.min(this.#delayMs, since + this.#maxDelayMs - now),
      (this.#restUntil.get(document) ?? 0) - now,
    );
    const timer = setTimeout(() => void this.indexNow(document), wait);
    timer.unref();
    this.#pending.set(document, { since, timer });
  }

  async #index(document: DocumentId): Promise<void> {
    const { log, logger } = this.#options;
    const from = performance.now();
    try {
      const head = await log.head(document);
      if (head?.kind === 'note') await indexNote(this.#options, head);
      if (head?.kind === 'carnet' || head?.kind === 'base')
        await indexCollection(this.#options, head, head.kind);
    } catch (error) {
      logger.error({ document, err: error }, 'indexing failed');
    }
    const now = performance.now();
    if (now - from < longMs) this.#restUntil.delete(document);
    else this.#restUntil.set(document, now + Math.min(longestRestMs, restTimes * (now - from)));
  }
}
