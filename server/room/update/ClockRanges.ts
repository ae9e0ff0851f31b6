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
