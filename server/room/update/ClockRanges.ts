/** The ranges of many clients in three arrays: a document open and at rest has thousands, and an array of its own for each client costs three times as much. */
interface Packed {
  /** Client ids, in order. */
  readonly clients: Float64Array;
  /** Where in `clocks` the ranges of each begin; one more for the end of the last. */
  readonly starts: Uint32Array;
  readonly clocks: Uint32Array;
}

const none: Packed = {
  clients: new Float64Array(),
  starts: new Uint32Array(1),
  clocks: new Uint32Array(),
};
const nothing: readonly number[] = [];

/** Sets of clocks per client, kept as sorted ranges that do not touch: what a document has deleted. */
export class ClockRanges {
  private packed = none;
  /** Those that were added to since. Flat: from, to, from, to… */
  private readonly changed = new Map<number, number[]>();

  /** Adds clocks `from` up to, not including, `to`. */
  add(client: number, from: number, to: number): void {
    const ranges = this.changing(client);
    const first = firstEndingFrom(ranges, from);
    let start = from;
    let end = to;
    let last = first;
    while (last < ranges.length && at(ranges, last) <= end) {
      start = Math.min(start, at(ranges, last));
      end = Math.max(end, at(ranges, last + 1));
      last += 2;
    }
    ranges.splice(first, last - first, start, end);
  }

  /**
   * Adds many ranges at once: each put in its place would move all that follow it.
   * @param added - flat: from, to, from, to…, in order.
   */
  addAll(client: number, added: readonly number[]): void {
    if (added.length > fewNumbers) {
      this.changed.set(client, joined(added, this.rangesOf(client)));
      return;
    }
    for (let index = 0; index < added.length; index += 2) {
      this.add(client, at(added, index), at(added, index + 1));
    }
  }

  /** Whether no clock of the range is in the set. */
  lacks(client: number, from: number, to: number): boolean {
    const ranges = this.rangesOf(client);
    // A range that ends where this one begins touches it only.
    let index = firstEndingFrom(ranges, from);
    if (index < ranges.length && at(ranges, index + 1) === from) index += 2;
    return index >= ranges.length || at(ranges, index) >= to;
  }

  /** Calls `take` with each part of the range that is not in the set. */
  eachMissing(client: number, from: number, to: number, take: (from: number, to: number) => void): void {
    const ranges = this.rangesOf(client);
    let clock = from;
    for (let index = firstEndingFrom(ranges, from); index < ranges.length && clock < to; index += 2) {
      const start = at(ranges, index);
      if (start >= to) break;
      if (start > clock) take(clock, start);
      clock = Math.max(clock, at(ranges, index + 1));
    }
    if (clock < to) take(clock, to);
  }

  /** Takes as little memory as it can until it is added to again. */
  pack(): void {
    if (this.changed.size === 0) return;
    const clients = Float64Array.from(new Set([...this.packed.clients, ...this.changed.keys()])).sort();
    const starts = new Uint32Array(clients.length + 1);
    for (const [place, client] of clients.entries()) {
      const ranges = this.rangesOf(client);
      // A clock that does not fit is nobody's typing: such a document is left as it is.
      if (at(ranges, ranges.length - 1) > maxPacked) return;
      starts[place + 1] = at(starts, place) + ranges.length;
    }
    const clocks = new Uint32Array(at(starts, clients.length));
    for (const [place, client] of clients.entries()) clocks.set(this.rangesOf(client), starts[place]);
    this.packed = { clients, starts, clocks };
    this.changed.clear();
  }

  private rangesOf(client: number): ArrayLike<number> {
    const changed = this.changed.get(client);
    if (changed !== undefined) return changed;
    const { clients, starts, clocks } = this.packed;
    const place = placeOf(client, clients);
    return place < 0 ? nothing : clocks.subarray(starts[place], starts[place + 1]);
  }

  private changing(client: number): number[] {
    let ranges = this.changed.get(client);
    if (ranges === undefined) {
      ranges = Array.from(this.rangesOf(client));
      this.changed.set(client, ranges);
    }
    return ranges;
  }
}

const maxPacked = 2 ** 32 - 1;
/** Ranges as flat numbers up to which each is put in its place. */
const fewNumbers = 32;

/** Two lists of ranges in order, as one whose ranges do not touch. */
function joined(some: ArrayLike<number>, others: ArrayLike<number>): number[] {
  const all: number[] = [];
  let [one, other] = [0, 0];
  while (one < some.length || other < others.length) {
    const takesSome = other >= others.length || (one < some.length && at(some, one) <= at(others, other));
    const [from, to] = takesSome
      ? [at(some, one), at(some, one + 1)]
      : [at(others, other), at(others, other + 1)];
    if (takesSome) one += 2;
    else other += 2;
    if (all.length > 0 && from <= at(all, all.length - 1)) {
      all[all.length - 1] = Math.max(to, at(all, all.length - 1));
    } else all.push(from, to);
  }
  return all;
}

const at = (ranges: ArrayLike<number>, index: number): number => ranges[index] as number;

/** The place of a number in a list of them in order; -1 where it is not. */
function placeOf(wanted: number, list: Float64Array): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(list, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted ? low : -1;
}

/** The place of the first range that ends at `clock` or later. */
function firstEndingFrom(ranges: ArrayLike<number>, clock: number): number {
  const last = ranges.length - 2;
  if (last >= 0 && at(ranges, last + 1) < clock) return ranges.length;
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(ranges, middle * 2 + 1) < clock) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}
