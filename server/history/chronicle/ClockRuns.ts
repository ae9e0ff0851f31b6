import type { PackReader, PackWriter } from './pack.ts';

/**
 * A number for ranges of the clocks of one Yjs client, kept as three columns: a long history has hundreds of thousands of ranges. Where two ranges overlap, the one that
 * was added first counts.
 */
export class ClockRuns {
  private readonly starts: number[];
  private readonly ends: number[];
  private readonly values: number[];

  /** Default: empty. @param starts - rising, as those of another were. */
  constructor(starts: number[] = [], ends: number[] = [], values: number[] = []) {
    this.starts = starts;
    this.ends = ends;
    this.values = values;
  }

  /** How many ranges there are. */
  get size(): number {
    return this.starts.length;
  }

  /** Gives what has no value yet, of the clocks from `start` to `end` (excluded), this one. */
  add(start: number, end: number, value: number): void {
    if (start >= end) return;
    const last = this.starts.length - 1;
    if (last < 0 || start >= (this.ends[last] as number)) {
      if (last >= 0 && this.values[last] === value && this.ends[last] === start) this.ends[last] = end;
      else this.insert(last + 1, start, end, value);
      return;
    }
    let at = this.firstEndingAfter(start);
    let from = start;
    while (from < end) {
      const next = at < this.starts.length ? (this.starts[at] as number) : Infinity;
      if (from < next) {
        const to = Math.min(end, next);
        this.insert(at, from, to, value);
        at += 1;
        from = to;
      } else {
        from = Math.max(from, this.ends[at] as number);
        at += 1;
      }
    }
  }

  /** The place of the first range that ends after a clock; `size` where there is none. */
  firstEndingAfter(clock: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] as number) <= clock) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The value at a clock; undefined where it has none. */
  at(clock: number): number | undefined {
    const place = this.firstEndingAfter(clock);
    const start = this.starts[place];
    return start !== undefined && start <= clock ? this.values[place] : undefined;
  }

  /** Where the range at this place begins; `Infinity` behind the last. */
  startOf(place: number): number {
    return this.starts[place] ?? Infinity;
  }
  endOf(place: number): number {
    return this.ends[place] ?? Infinity;
  }
  valueOf(place: number): number {
    return this.values[place] as number;
  }

  pack(out: PackWriter): void {
    out.integers(this.starts);
    out.integers(this.ends);
    out.integers(this.values);
  }

  static unpack(from: PackReader): ClockRuns {
    const starts = from.integers();
    return new ClockRuns(starts, from.integers(starts.length), from.integers(starts.length));
  }

  private insert(at: number, start: number, end: number, value: number): void {
    if (at === this.starts.length) {
      this.starts.push(start);
      this.ends.push(end);
      this.values.push(value);
      return;
    }
    this.starts.splice(at, 0, start);
    this.ends.splice(at, 0, end);
    this.values.splice(at, 0, value);
  }
}

/** `ClockRuns` of every client of a document. */
export class IdRuns {
  readonly clients = new Map<number, ClockRuns>();

  add(client: number, start: number, end: number, value: number): void {
    let runs = this.clients.get(client);
    if (runs === undefined) this.clients.set(client, (runs = new ClockRuns()));
    runs.add(start, end, value);
  }

  at(client: number, clock: number): number | undefined {
    return this.clients.get(client)?.at(clock);
  }

  pack(out: PackWriter): void {
    out.integers([...this.clients.keys()]);
    for (const runs of this.clients.values()) runs.pack(out);
  }

  static unpack(from: PackReader): IdRuns {
    const all = new IdRuns();
    for (const client of from.integers()) all.clients.set(client, ClockRuns.unpack(from));
    return all;
  }
}
