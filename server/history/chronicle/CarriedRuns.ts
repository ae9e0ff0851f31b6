import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { IdRuns } from './ClockRuns.ts';

/** Moved, copied within the note, or put back after it was removed. */
export type CarriedKind = 'moved' | 'copied' | 'restored';

/** Content that was there before and stands elsewhere now, unit by unit. */
export interface Carried {
  readonly from: ItemId;
  readonly to: ItemId;
  readonly length: number;
  readonly kind: CarriedKind;
}

/** Where a unit was carried from: its first place, however often it was carried since. */
export interface CarriedFrom {
  readonly from: ItemId;
  readonly kind: CarriedKind;
  /** The row that carried it last. */
  readonly seq: number;
}

interface Entry {
  readonly to: number;
  readonly from: ItemId;
  readonly kind: CarriedKind;
  readonly seq: number;
}

/** Which units stand for which, of those that were removed in one place and written again in another. */
export class CarriedRuns {
  private readonly entries: Entry[] = [];
  private readonly places = new IdRuns();
  private readonly sources = new IdRuns();

  /** @param seq - the row that carries. */
  add({ from, to, length, kind }: Carried, seq: number): void {
    this.sources.add(from.client, from.clock, from.clock + length, 1);
    let start = 0;
    let first = this.firstOf(from);
    for (let at = 1; at <= length; at += 1) {
      const next = at < length ? this.firstOf({ client: from.client, clock: from.clock + at }) : null;
      if (next?.client === first.client && next.clock === first.clock + at - start) continue;
      const clock = to.clock + start;
      this.places.add(to.client, clock, to.clock + at, this.entries.length);
      this.entries.push({ to: clock, from: first, kind, seq });
      if (next === null) return;
      first = next;
      start = at;
    }
  }

  at({ client, clock }: ItemId): CarriedFrom | undefined {
    const place = this.places.at(client, clock);
    const entry = place === undefined ? undefined : this.entries[place];
    if (entry === undefined) return undefined;
    const { from, to, kind, seq } = entry;
    return { from: { client: from.client, clock: from.clock + clock - to }, kind, seq };
  }

  /** True when a unit stands somewhere else since: it was carried away from here. */
  isSource({ client, clock }: ItemId): boolean {
    return this.sources.at(client, clock) !== undefined;
  }

  private firstOf(id: ItemId): ItemId {
    return this.at(id)?.from ?? id;
  }
}
