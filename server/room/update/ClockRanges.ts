/** Sets of clocks per client, kept as sorted ranges that do not touch: what a document has deleted. */
export class ClockRanges {
  /** Flat: from, to, from, to… */
  private readonly byClient = new Map<number, number[]>();

  /** Adds clocks `from` up to, not including, `to`. */
  add(client: number, from: number, to: number): void {
    const ranges = this.byClient.get(client);
    if (ranges === undefined) {
      this.byClient.set(client, [from, to]);
      return;
    }
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
      this.byClient.set(client, joined(added, this.byClient.get(client) ?? []));
      return;
    }
    for (let index = 0; index < added.length; index += 2) {
      this.add(client, at(added, index), at(added, index + 1));
    }
  }

  /** Calls `take` with each part of the range that is not in the set. */
  eachMissing(client: number, from: number, to: number, take: (from: number, to: number) => void): void {
    const ranges = this.byClient.get(client) ?? [];
    let clock = from;
    for (let index = firstEndingFrom(ranges, from); index < ranges.length && clock < to; index += 2) {
      const start = at(ranges, index);
      if (start >= to) break;
      if (start > clock) take(clock, start);
      clock = Math.max(clock, at(ranges, index + 1));
    }
    if (clock < to) take(clock, to);
  }
}

/** Ranges as flat numbers up to which each is put in its place. */
const fewNumbers = 32;

/** Two lists of ranges in order, as one whose ranges do not touch. */
function joined(some: readonly number[], others: readonly number[]): number[] {
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

const at = (ranges: readonly number[], index: number): number => ranges[index] as number;

/** The place of the first range that ends at `clock` or later. */
function firstEndingFrom(ranges: readonly number[], clock: number): number {
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
