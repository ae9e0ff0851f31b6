import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';

export interface JournalCutterOptions {
  readonly log: UpdateLog;
  readonly logger: Logger;
  readonly limits: { readonly cutRows: number; readonly unloadCutRows: number; readonly cutDelayMs: number };
  readonly isOpen: (document: DocumentId) => boolean;
}

/** Has old rows packed into the journal, one segment at a time for all documents: nobody waits for it, and it never hurries. */
export class JournalCutter {
  private readonly options: JournalCutterOptions;
  private readonly wanted = new Map<DocumentId, number>();
  private readonly later = new Map<DocumentId, NodeJS.Timeout>();
  private startTimer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(options: JournalCutterOptions) {
    this.options = options;
  }

  /** Looks once, a while after the start, at what an earlier process left. */
  start(): void {
    this.startTimer = setTimeout(() => void this.catchUp(), this.options.limits.cutDelayMs);
    this.startTimer.unref();
  }

  /** A checkpoint was stored: what it holds may be packed, much of it now, more once nobody comes back to it. Failures are logged. */
  request(document: DocumentId): void {
    if (this.stopped) return;
    const { isOpen, limits } = this.options;
    this.soon(document, limits.cutRows);
    if (isOpen(document)) return;
    clearTimeout(this.later.get(document));
    const timer = setTimeout(() => {
      this.later.delete(document);
      if (!isOpen(document)) this.soon(document, limits.unloadCutRows);
    }, limits.cutDelayMs);
    timer.unref();
    this.later.set(document, timer);
  }

  /** Begins no other segment; resolves when the one in progress is stored. */
  async close(): Promise<void> {
    this.stopped = true;
    if (this.startTimer !== null) clearTimeout(this.startTimer);
    for (const timer of this.later.values()) clearTimeout(timer);
    this.later.clear();
    await this.running;
  }

  private async catchUp(): Promise<void> {
    const { isOpen, limits, log, logger } = this.options;
    try {
      for (const { document } of await log.documents()) {
        if (!this.stopped && !isOpen(document)) this.soon(document, limits.unloadCutRows);
      }
    } catch (error) {
      logger.warn({ err: error }, 'old rows were not looked for');
    }
  }

  private soon(document: DocumentId, atLeast: number): void {
    this.wanted.set(document, atLeast);
    this.running ??= this.work();
  }

  private async work(): Promise<void> {
    const { log, logger } = this.options;
    for (const [document, atLeast] of this.wanted) {
      this.wanted.delete(document);
      if (this.stopped) break;
      try {
        // Again at the end of the line, until there is nothing left to do.
        if ((await log.cut(document, atLeast)) > 0) this.wanted.set(document, atLeast);
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'internal';
        logger.warn({ document, code }, 'old rows were not packed');
      }
    }
    this.running = null;
  }
}
