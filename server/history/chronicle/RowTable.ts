import type { PersonId } from '#shared/domain/ids.ts';
import type { ChronicleRow } from './ChronicleTables.ts';
import type { PackReader, PackWriter } from './pack.ts';

/** When the rows of a document came, and from whom; added in order. */
export class RowTable {
  private readonly seqs: number[] = [];
  private readonly times: number[] = [];
  /** The latest time of each row and those before it: clocks are set back now and then, and an instant has one place all the same. */
  private readonly latest: number[] = [];
  private readonly people: (PersonId | null)[] = [];

  /** The last row; 0 for none. */
  get last(): number {
    return this.seqs.at(-1) ?? 0;
  }
  get count(): number {
    return this.seqs.length;
  }

  add({ seq, time, person }: Pick<ChronicleRow, 'seq' | 'time' | 'person'>): void {
    this.seqs.push(seq);
    this.times.push(time);
    this.latest.push(Math.max(this.latest.at(-1) ?? 0, time));
    this.people.push(person);
  }

  timeOf(seq: number): number {
    return this.times[this.placeOf(seq)] ?? 0;
  }
  personOf(seq: number): PersonId | null {
    return this.people[this.placeOf(seq)] ?? null;
  }

  /** The last row at an instant or before; the first one, before it. @returns 0 without rows. */
  seqAt(instant: number): number {
    return this.seqs[Math.max(0, firstAbove(this.latest, instant) - 1)] ?? 0;
  }

  /** Whom the rows from one to another are from, each once, in the order in which they first wrote. */
  peopleIn(from: number, to: number): PersonId[] {
    const found = new Set<PersonId>();
    for (
      let place = this.placeOf(from);
      place < this.count && (this.seqs[place] as number) <= to;
      place += 1
    ) {
      const person = this.people[place] ?? null;
      if (person !== null) found.add(person);
    }
    return [...found];
  }

  pack(out: PackWriter): void {
    out.integers(this.seqs);
    out.numbers(this.times);
    out.people(this.people);
  }

  static unpack(from: PackReader): RowTable {
    const table = new RowTable();
    const seqs = from.integers();
    const times = from.numbers(seqs.length);
    const people = from.people(seqs.length);
    for (const [at, seq] of seqs.entries())
      table.add({ seq, time: times[at] as number, person: people[at] as PersonId | null });
    return table;
  }

  /** The place of a row, or, where a range was thinned, of the one that stands for it. */
  private placeOf(seq: number): number {
    const { seqs } = this;
    return seqs[seq - 1] === seq ? seq - 1 : firstAbove(seqs, seq - 1);
  }
}

/** The place of the first of some rising numbers that is above one. */
function firstAbove(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= least) low = middle + 1;
    else high = middle;
  }
  return low;
}
