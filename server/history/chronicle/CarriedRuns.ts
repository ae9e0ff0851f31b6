import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { IdRuns } from './ClockRuns.ts';
import type { PackReader, PackWriter } from './pack.ts';

/** Moved, copied within the note, or put back after it was removed. */
export type CarriedKind = (typeof carriedKinds)[number];
export const carriedKinds = ['moved', 'copied', 'restored'] as const;

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
  /** The last row that brought it where it stood no more, or stood too; 0: rows only moved it, each taking it away itself. */
  readonly broughtSeq: number;
  /** The row that had taken it away before that; 0: none had, it was copied. */
  readonly goneSeq: number;
}

interface Entry {
  readonly to: number;
  readonly from: ItemId;
  readonly kind: CarriedKind;
  readonly seq: number;
  readonly broughtSeq: number;
  readonly goneSeq: number;
}

/** Which units stand for which, of those that were removed in one place and written again in another. */
export class CarriedRuns {
  private readonly entries: Entry[] = [];
  private places = new IdRuns();
  private sources = new IdRuns();

  /** @param seq - the row that carries. @param goneAt - the row that took a unit away; undefined: none did. */
  add({ from, to, length, kind }: Carried, seq: number, goneAt: (id: ItemId) => number | undefined): void {
    this.sources.add(from.client, from.clock, from.clock + length, 1);
    const before = (at: number): Omit<CarriedFrom, 'kind' | 'seq'> => {
      const id = { client: from.client, clock: from.clock + at };
      const known = this.at(id);
      const gone = goneAt(id) ?? 0;
      const brought = gone === seq ? known : { broughtSeq: seq, goneSeq: gone };
      return {
        from: known?.from ?? id,
        broughtSeq: brought?.broughtSeq ?? 0,
        goneSeq: brought?.goneSeq ?? 0,
      };
    };
    let start = 0;
    let first = before(0);
    for (let at = 1; at <= length; at += 1) {
      const next = at < length ? before(at) : null;
      if (next !== null && goesOn(first, next, at - start)) continue;
      const clock = to.clock + start;
      this.places.add(to.client, clock, to.clock + at, this.entries.length);
      this.entries.push({ to: clock, kind, seq, ...first });
      if (next === null) return;
      first = next;
      start = at;
    }
  }

  at({ client, clock }: ItemId): CarriedFrom | undefined {
    const place = this.places.at(client, clock);
    const entry = place === undefined ? undefined : this.entries[place];
    if (entry === undefined) return undefined;
    const { from, to, ...rest } = entry;
    return { ...rest, from: { client: from.client, clock: from.clock + clock - to } };
  }

  /** True when a unit stands somewhere else since: it was carried away from here. */
  isSource({ client, clock }: ItemId): boolean {
    return this.sources.at(client, clock) !== undefined;
  }

  /** All units that were carried, in runs: where they came to stand, and from where they first came. */
  *[Symbol.iterator](): Generator<CarriedFrom & { readonly to: ItemId; readonly length: number }> {
    for (const [client, runs] of this.places.clients)
      for (let place = 0; place < runs.size; place += 1) {
        const to = { client, clock: runs.startOf(place) };
        yield { ...(this.at(to) as CarriedFrom), to, length: runs.endOf(place) - to.clock };
      }
  }

  pack(out: PackWriter): void {
    const { entries } = this;
    out.integers(entries.map(({ to }) => to));
    out.integers(entries.map(({ from }) => from.client));
    out.integers(entries.map(({ from }) => from.clock));
    out.integers(entries.map(({ kind }) => carriedKinds.indexOf(kind)));
    out.integers(entries.map(({ seq }) => seq));
    out.integers(entries.map(({ broughtSeq }) => broughtSeq));
    out.integers(entries.map(({ goneSeq }) => goneSeq));
    this.places.pack(out);
    this.sources.pack(out);
  }

  static unpack(from: PackReader): CarriedRuns {
    const all = new CarriedRuns();
    const to = from.integers();
    const column = (): number[] => from.integers(to.length);
    const [clients, clocks, kinds] = [column(), column(), column()];
    const [seqs, brought, gone] = [column(), column(), column()];
    for (const [at, clock] of to.entries()) {
      const kind = carriedKinds[kinds[at] as number];
      if (kind === undefined) throw new RangeError('something was carried in a way that is not known');
      const source = { client: clients[at] as number, clock: clocks[at] as number };
      all.entries.push({
        ...{ to: clock, from: source, kind, seq: seqs[at] as number },
        ...{ broughtSeq: brought[at] as number, goneSeq: gone[at] as number },
      });
    }
    all.places = IdRuns.unpack(from);
    all.sources = IdRuns.unpack(from);
    return all;
  }
}

function goesOn(
  first: Omit<CarriedFrom, 'kind' | 'seq'>,
  next: Omit<CarriedFrom, 'kind' | 'seq'>,
  length: number,
): boolean {
  return (
    next.from.client === first.from.client &&
    next.from.clock === first.from.clock + length &&
    next.broughtSeq === first.broughtSeq &&
    next.goneSeq === first.goneSeq
  );
}
