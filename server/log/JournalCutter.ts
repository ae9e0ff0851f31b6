import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';

/** Has old rows packed into the journal, one segment at a time for all documents: nobody waits for it, and it never hurries. */
export class JournalCutter {
  private readonly log: UpdateLog;
  private readonly logger: Logger;
  private readonly wanted = new Map<DocumentId, number>();
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(log: UpdateLog, logger: Logger) {
    this.log = log;
    this.logger = logger;
  }

  /** A checkpoint was stored: what it holds may be packed, when there are at least so many rows. Failures are logged. */
  request(document: DocumentId, atLeast: number): void {
    if (this.stopped) return;
    this.wanted.set(document, atLeast);
    this.running ??= this.work();
  }

  /** Begins no other segment; resolves when the one in progress is stored. */
  async close(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async work(): Promise<void> {
    for (const [document, atLeast] of this.wanted) {
      this.wanted.delete(document);
      if (this.stopped) break;
      try {
        // Again at the end of the line, until there is nothing left to do.
        if ((await this.log.cut(document, atLeast)) > 0) this.wanted.set(document, atLeast);
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'internal';
        this.logger.warn({ document, code }, 'old rows were not packed');
      }
    }
    this.running = null;
  }
}
