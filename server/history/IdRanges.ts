import type { ItemId } from '#shared/document/compare/TracedNode.ts';

interface Range<T> {
  readonly clock: number;
  length: number;
  readonly value: T;
  readonly order: number;
}

/** A value for ranges of Yjs ids. Where two ranges overlap the first added counts. */
export class IdRanges<T> {
  private readonly byClient = new Map<number, { ranges: Range<T>[]; sorted: boolean }>();
  private order = 0;

  add(id: ItemId, length: number, value: T): void {
    let entry = this.byClient.get(id.client);
    if (!entry) {
      entry = { ranges: [], sorted: true };
      this.byClient.set(id.client, entry);
    }
    const last = entry.ranges.at(-1);
    if (last && last.value === value && last.clock + last.length === id.clock) {
      last.length += length;
      return;
    }
    if (last && last.clock > id.clock) entry.sorted = false;
    entry.ranges.push({ clock: id.clock, length, value, order: this.order });
    this.order += 1;
  }

  get(id: ItemId): T | undefined {
    const entry = this.byClient.get(id.client);
    if (!entry) return undefined;
    if (!entry.sorted) {
      entry.ranges.sort((a, b) => a.clock - b.clock || a.order - b.order);
      entry.sorted = true;
    }
    const { ranges } = entry;
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.clock ?? 0) <= id.clock) low = middle + 1;
      else high = middle;
    }
    // The log stores a deletion once, so overlaps are rare and short: a few steps back find them.
    let found: Range<T> | undefined;
    for (let at = low - 1; at >= 0 && at >= low - 8; at -= 1) {
      const range = ranges[at];
      if (range && id.clock < range.clock + range.length && (!found || range.order < found.order))
        found = range;
    }
    return found?.value;
  }
}
