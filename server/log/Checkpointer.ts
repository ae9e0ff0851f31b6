import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Rebuilder } from './Rebuilder.ts';

export interface CheckpointerOptions {
  readonly log: UpdateLog;
  readonly rebuilder: Rebuilder;
  readonly logger: Logger;
  /** A checkpoint was stored: rows up to `seq` need not be read any more by who opens the document. */
  readonly onSaved: (document: DocumentId, seq: number, bytes: number) => void;
  /** A document could not be built, or holds what nobody can show. */
  readonly onUnsound: (document: DocumentId, reason: 'damaged' | 'invalid_content') => void;
}

/** Makes checkpoints from the log alone: the previous one and the rows after it, collected in a worker. */
export class Checkpointer {
  private readonly options: CheckpointerOptions;
  private readonly running = new Map<DocumentId, Promise<void>>();

  constructor(options: CheckpointerOptions) {
    this.options = options;
  }

  /** Makes one soon; asked again meanwhile, it is the same one. Failures are logged. */
  request(document: DocumentId): void {
    if (this.running.has(document)) return;
    void this.now(document).catch((error: unknown) => {
      this.options.logger.warn({ document, code: codeOf(error) }, 'checkpoint failed');
    });
  }

  /** Resolves when a checkpoint that holds at least the rows of this moment is stored. */
  async now(document: DocumentId): Promise<void> {
    const before = this.running.get(document);
    // The one in progress may have read the log before the last row.
    const mine = (before ?? Promise.resolve()).catch(() => null).then(() => this.make(document));
    this.running.set(document, mine);
    try {
      await mine;
    } finally {
      if (this.running.get(document) === mine) this.running.delete(document);
    }
  }

  /** Resolves when none is being made. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }

  private async make(document: DocumentId): Promise<void> {
    const { log, rebuilder, onSaved, onUnsound } = this.options;
    try {
      const loaded = await log.load(document);
      const last = loaded?.rows.at(-1);
      if (!loaded || !last) return;
      const rows = loaded.rows.map((row) => row.bytes);
      const updates = loaded.checkpoint === null ? rows : [loaded.checkpoint.bytes, ...rows];
      const { bytes, stateVector, deleteSetAt, sound } = await rebuilder.collect(updates);
      if (!sound) {
        onUnsound(document, 'invalid_content');
        return;
      }
      const size = bytes.length;
      await log.saveCheckpoint({ document, seq: last.seq, bytes, stateVector, deleteSetAt });
      onSaved(document, last.seq, size);
    } catch (error) {
      if (codeOf(error) === 'document_damaged') onUnsound(document, 'damaged');
      throw error;
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal';
}
