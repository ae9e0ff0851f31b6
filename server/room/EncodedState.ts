import type { Checkpoint, LoadedDocument, LogRow } from '../storage/ports/UpdateLog.ts';
import { frameUpdate } from '../ws/frame.ts';
import { difference, isKnown } from './update/difference.ts';
import { type ParsedUpdate, parseUpdate } from './update/parseUpdate.ts';

const noLimits = { maxStringBytes: Infinity };

/** Where each client's structs are in a checkpoint; what a room keeps of it while nobody joins. */
export type CheckpointIndex = Pick<ParsedUpdate, 'sections' | 'deleteSetAt'> & { readonly seq: number };

/** A document's bytes as the log holds them, for who joins: the checkpoint and the rows after it. A room lets go of it soon after. */
export class EncodedState {
  private readonly checkpoint: Checkpoint | null;
  private readonly rows: { readonly seq: number; readonly bytes: Uint8Array; parsed: ParsedUpdate | null }[];

  constructor(loaded: Pick<LoadedDocument, 'checkpoint' | 'rows'>) {
    this.checkpoint = loaded.checkpoint;
    this.rows = loaded.rows.map(({ seq, bytes }) => ({ seq, bytes, parsed: null }));
  }

  private get lastSeq(): number {
    return this.rows.at(-1)?.seq ?? this.checkpoint?.seq ?? 0;
  }

  /** A row that was stored after this was read; one that was read already is passed over. */
  add(row: Pick<LogRow, 'seq' | 'bytes'>): void {
    if (row.seq > this.lastSeq) this.rows.push({ ...row, parsed: null });
  }

  /**
   * What somebody with this state vector lacks, as frames of `sync/update` messages.
   * @param known - empty: everything, as it is stored.
   * @param index - of this checkpoint, when it was made before.
   * @returns the frames, and the index if it was needed.
   */
  frames(
    known: ReadonlyMap<number, number>,
    index: CheckpointIndex | null,
  ): { frames: Buffer[]; index: CheckpointIndex | null } {
    const frames: Buffer[] = [];
    let used = index;
    if (this.checkpoint !== null) {
      if (known.size === 0) frames.push(frameUpdate(this.checkpoint.bytes).frame);
      else {
        used = this.index(index);
        const lacking = difference(this.checkpoint.bytes, used, known);
        frames.push(frameUpdate(lacking).frame);
      }
    }
    for (const row of this.rows) {
      if (known.size > 0 && isKnown((row.parsed ??= parseUpdate(row.bytes, noLimits)), known)) continue;
      frames.push(frameUpdate(row.bytes).frame);
    }
    return { frames, index: used };
  }

  /** The rows after one; null when the checkpoint took some of them in. */
  rowsAfter(seq: number): readonly Pick<LogRow, 'seq' | 'bytes'>[] | null {
    return (this.checkpoint?.seq ?? 0) > seq ? null : this.rows.filter((row) => row.seq > seq);
  }

  /** Everything as Yjs updates, in order. */
  updates(): Uint8Array[] {
    const rows = this.rows.map((row) => row.bytes);
    return this.checkpoint === null ? rows : [this.checkpoint.bytes, ...rows];
  }

  private index(known: CheckpointIndex | null): CheckpointIndex {
    const checkpoint = this.checkpoint as Checkpoint;
    if (known?.seq === checkpoint.seq) return known;
    const { sections, deleteSetAt } = parseUpdate(checkpoint.bytes, noLimits);
    return { sections, deleteSetAt, seq: checkpoint.seq };
  }
}
