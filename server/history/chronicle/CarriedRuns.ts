import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { IdRuns } from './ClockRuns.ts';
import type { PackReader, PackWriter } from './pack.ts';

/** Moved, copied within the note, or put back after it was removed. */
export type CarriedKind = (typeof carriedKinds)[number];
const carriedKinds = ['moved', 'copied', 'restored'] as const;

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
  private places = new IdRuns();
  private sources = new IdRuns();

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

  pack(out: PackWriter): void {
    const { entries } = this;
    out.integers(entries.map(({ to }) => to));
    out.integers(entries.map(({ from }) => from.client));
    out.integers(entries.map(({ from }) => from.clock));
    out.integers(entries.map(({ kind }) => carriedKinds.indexOf(kind)));
    out.integers(entries.map(({ seq }) => seq));
    this.places.pack(out);
    this.sources.pack(out);
  }

  static unpack(from: PackReader): CarriedRuns {
    const all = new CarriedRuns();
    const to = from.integers();
    const [clients, clocks, kinds, seqs] = [0, 1, 2, 3].map(() => from.integers(to.length)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    for (const [at, clock] of to.entries()) {
      const kind = carriedKinds[kinds[at] as number];
      if (kind === undefined) throw new RangeError('something was carried in a way that is not known');
      const source = { client: clients[at] as number, clock: clocks[at] as number };
      all.entries.push({ to: clock, from: source, kind, seq: seqs[at] as number });
    }
    all.places = IdRuns.unpack(from);
    all.sources = IdRuns.unpack(from);
    return all;
  }

  private firstOf(id: ItemId): ItemId {
    return this.at(id)?.from ?? id;
  }
}
