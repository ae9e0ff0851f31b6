import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { PackedUpdates } from '../storage/packedUpdates.ts';
import type { DocumentHead, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Collected } from './rebuild.ts';
import type { Rebuilder } from './Rebuilder.ts';
import type { TreeFault } from './treeFault.ts';

export interface CheckpointerOptions {
  readonly log: UpdateLog;
  readonly rebuilder: Rebuilder;
  readonly logger: Logger;
  /** A checkpoint was stored: rows up to `seq` need not be read any more by who opens the document. */
  readonly onSaved: (document: DocumentId, seq: number, bytes: number) => void;
  /** A document could not be built, or its tree is not as trees may be. Resolves when it is set aside. */
  readonly onUnsound: (document: DocumentId, unsound: Unsound) => Promise<void>;
  /** A document that was set aside for its tree is sound again. Resolves when it is given back. */
  readonly onSound: (document: DocumentId) => Promise<void>;
  /** Rows that one checkpoint takes in. Default 20,000. Larger: fewer steps after a rush, each of which the worker must do within its time. */
  readonly rowsAtOnce?: number;
}

const usualRowsAtOnce = 20_000;

/** Why a document is set aside. */
export interface Unsound {
  readonly reason: 'damaged' | 'invalid_content';
  readonly fault: TreeFault | null;
  /** The last row up to which it was sound; of one in which something waits for what is not there, the last of all: what is shown is sound. Null where that is not known. */
  readonly goodSeq: number | null;
}

/**
 * Makes checkpoints from the log alone: the previous one and the rows after it, collected in a worker. What only a tree shows is found there too, and sets the
 * document aside.
 */
export class Checkpointer {
  private readonly options: CheckpointerOptions;
  private readonly running = new Map<DocumentId, Promise<void>>();
  private closed = false;

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

  /** Looks at a document's tree, without making a checkpoint. Resolves when a document that is not sound is set aside; failures are logged. */
  async inspect(document: DocumentId): Promise<void> {
    try {
      await this.after(document, async () => void (await this.collect(document)));
    } catch (error) {
      this.options.logger.warn({ document, code: codeOf(error) }, 'a document could not be looked at');
    }
  }

  /** Resolves when a checkpoint that holds at least the rows of this moment is stored. */
  now(document: DocumentId): Promise<void> {
    // The one in progress may have read the log before the last row.
    return this.after(document, () => this.make(document));
  }

  /** The collected state of now, which is not kept: of a copy with rows that its home does not have. @throws AppError `document_damaged` */
  async state(document: DocumentId): Promise<Collected & { seq: number }> {
    const { log, rebuilder } = this.options;
    const loaded = await log.loadUpdates(document);
    if (loaded === null) throw new AppError('not_allowed', `no document ${document}`);
    return { ...(await rebuilder.collect(loaded.updates)), seq: loaded.head.seq };
  }

  /** Begins nothing any more; resolves when what is under way is done. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.running.values());
  }

  private async after(document: DocumentId, work: () => Promise<void>): Promise<void> {
    if (this.closed) return;
    const before = this.running.get(document);
    const mine = (before ?? Promise.resolve()).catch(() => null).then(work);
    this.running.set(document, mine);
    try {
      await mine;
    } finally {
      if (this.running.get(document) === mine) this.running.delete(document);
    }
  }

  private async make(document: DocumentId): Promise<void> {
    const { log, onSaved } = this.options;
    const head = await log.head(document);
    // Of a copy, what its home does not have may get another place.
    const wanted = head?.homeSeq ?? head?.seq ?? 0;
    for (let through = 0; through < wanted && !this.closed;) {
      const made = await this.collect(document, this.options.rowsAtOnce ?? usualRowsAtOnce);
      // What waits for what is not there would be kept from everybody for good. Anything else can be read, whatever is wrong with it.
      if (made === null || made.fault === 'incomplete') return;
      const { seq, bytes, stateVector, deleteSetAt } = made;
      const size = bytes.length;
      await log.saveCheckpoint({ document, seq, bytes, stateVector, deleteSetAt });
      onSaved(document, seq, size);
      through = seq;
    }
  }

  /**
   * @param maxRows - after the checkpoint; default: all.
   * @returns the state after the last of them; null when there is nothing new.
   */
  private async collect(
    document: DocumentId,
    maxRows?: number,
  ): Promise<(Collected & { seq: number }) | null> {
    const { log, rebuilder, onUnsound, onSound } = this.options;
    try {
      const loaded = await log.loadUpdates(document, maxRows);
      if (loaded === null || loaded.rowCount === 0) return null;
      const { head, checkpointSeq, rowCount, updates } = loaded;
      const before = checkpointSeq ?? 0;
      const seq = before + rowCount;
      const collected = await rebuilder.collect(updates);
      const { fault } = collected;
      const isWhole = seq === head.seq;
      if (fault === null && isWhole && head.readOnly === 'invalid_content') await onSound(document);
      if (fault !== null && (head.readOnly === null || isWithoutGoodState(head))) {
        const goodSeq = fault === 'incomplete' ? head.seq : await this.goodSeq(updates, checkpointSeq);
        if (head.readOnly === null || goodSeq !== null)
          await onUnsound(document, { reason: 'invalid_content', fault, goodSeq });
      }
      return { ...collected, seq };
    } catch (error) {
      if (codeOf(error) === 'document_damaged') {
        await onUnsound(document, { reason: 'damaged', fault: null, goodSeq: null });
      }
      throw error;
    }
  }

  private async goodSeq(updates: PackedUpdates, checkpointSeq: number | null): Promise<number | null> {
    const count = await this.options.rebuilder.soundPrefix(updates);
    const goodRows = checkpointSeq === null ? count : count - 1;
    return count === 0 ? null : (checkpointSeq ?? 0) + goodRows;
  }
}

/** Set aside for its content, and no good state of it is known: perhaps one is found now. */
export function isWithoutGoodState({ readOnly, goodSeq }: DocumentHead): boolean {
  return readOnly === 'invalid_content' && goodSeq === null;
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal';
}
