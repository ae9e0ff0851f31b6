import { readStateVector } from '#shared/protocol/readClientFrame.ts';
import type { Checkpoint } from '../../storage/ports/UpdateLog.ts';
import { ClockRanges } from './ClockRanges.ts';
import { type ParsedUpdate, readDeleteSetAt } from './parseUpdate.ts';

/** Clocks of one client that a document did not have: `from` up to, not including, `to`. */
export interface NewClocks {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** What of an update a document does not have yet. */
export interface News {
  readonly structs: readonly NewClocks[];
  /** Flat: client, from, to… */
  readonly deletes: ArrayLike<number>;
  /** True when the update repeats nothing: it can be stored as it is. */
  readonly whole: boolean;
}

/** What a document holds, without its content: which structs (state vector) and which deletions. */
export class DocumentState {
  private readonly clocks = new Map<number, number>();
  private readonly deletedRanges = new ClockRanges();
  /** A checkpoint whose deletions were not read yet: whoever opens the document does not wait for them. */
  private unread: Checkpoint | null = null;

  get stateVector(): ReadonlyMap<number, number> {
    return this.clocks;
  }

  /**
   * Compares an update with what is here.
   * @returns null when it builds on something that is not here: a predecessor is missing.
   */
  compare(update: ParsedUpdate): News | null {
    const structs: NewClocks[] = [];
    let whole = true;
    for (const { client, from, to } of update.sections) {
      const known = this.clocks.get(client) ?? 0;
      if (from > known) return null;
      if (from < known) whole = false;
      if (to > known) structs.push({ client, from: known, to });
    }
    const clockOf = this.clocksWith(structs);
    for (const [client, clock] of update.needs) if (clock >= clockOf(client)) return null;
    // Copied only from where something of it is known: nearly always all of it is new.
    let deletes: number[] | null = null;
    for (let index = 0; index < update.deletes.length; index += 3) {
      const client = update.deletes[index] as number;
      const from = update.deletes[index + 1] as number;
      const to = update.deletes[index + 2] as number;
      if (to > clockOf(client)) return null;
      if (deletes === null && this.deleted.lacks(client, from, to)) continue;
      const missing = (deletes ??= Array.from(update.deletes).slice(0, index));
      this.deleted.eachMissing(client, from, to, (start, end) => missing.push(client, start, end));
    }
    return { structs, deletes: deletes ?? update.deletes, whole: whole && deletes === null };
  }

  /** Takes in what `compare` found new. */
  add(news: News): void {
    for (const { client, to } of news.structs) this.clocks.set(client, to);
    this.addDeletes(news.deletes);
  }

  /** Takes in a row that was stored: it is known to fit. */
  addStored(update: ParsedUpdate): void {
    for (const { client, to } of update.sections) {
      if (to > (this.clocks.get(client) ?? 0)) this.clocks.set(client, to);
    }
    this.addDeletes(update.deletes);
  }

  /** Takes in a checkpoint; its structs are not read. */
  addCheckpoint(checkpoint: Checkpoint): void {
    for (const [client, clock] of readStateVector(checkpoint.stateVector)) this.clocks.set(client, clock);
    this.unread = checkpoint;
  }

  /** Nobody writes for now: takes as little memory as it can. */
  pack(): void {
    this.deleted.pack();
  }

  private get deleted(): ClockRanges {
    const { unread } = this;
    if (unread !== null) {
      this.unread = null;
      this.addDeletes(readDeleteSetAt(unread.bytes, unread.deleteSetAt));
    }
    return this.deletedRanges;
  }

  /** The clocks as they are once these structs are in. Nearly every update has one client; a hostile one has thousands. */
  private clocksWith(structs: readonly NewClocks[]): (client: number) => number {
    const moved = structs.length > 1 ? new Map(structs.map(({ client, to }) => [client, to])) : null;
    return (client) => {
      const only = structs.length === 1 && structs[0]?.client === client ? structs[0].to : undefined;
      return moved?.get(client) ?? only ?? this.clocks.get(client) ?? 0;
    };
  }

  /** Each client's ranges stand together and in order: that is how Yjs writes them, and how `compare` finds them. */
  private addDeletes(deletes: ArrayLike<number>): void {
    for (let index = 0; index < deletes.length;) {
      const client = deletes[index] as number;
      const ranges: number[] = [];
      for (; deletes[index] === client && index < deletes.length; index += 3) {
        ranges.push(deletes[index + 1] as number, deletes[index + 2] as number);
      }
      this.deleted.addAll(client, ranges);
    }
  }
}
