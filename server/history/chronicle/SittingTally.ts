import { type SittingKind, sittingKinds } from '#shared/domain/sittingKinds.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { CountedSitting } from '../../storage/ports/SittingStore.ts';
import { sittingGapMs } from '../Sittings.ts';
import type { Carried } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import type { PackReader, PackWriter } from './pack.ts';
import { type InsertedText, readRow } from './readRow.ts';

/** Letters that somebody wrote and removed. */
export interface PersonTally {
  readonly person: PersonId | null;
  written: number;
  removed: number;
}

/** A sitting as it is counted; the last one of a note grows. */
export interface TalliedSitting {
  readonly kind: SittingKind;
  readonly fromSeq: number;
  toSeq: number;
  readonly fromTime: number;
  toTime: number;
  readonly people: PersonTally[];
}

const kinds: Readonly<Record<string, SittingKind>> = {
  create: 'creation',
  seed: 'creation',
  sample: 'creation',
  duplicate: 'creation',
  restore: 'restore',
  takeBack: 'takeBack',
  putBack: 'putBack',
  import: 'import',
  integrate: 'integration',
  remove: 'integration',
};

/** What kind of sitting a row belongs to. */
export function sittingKindOf(operation: string | null): SittingKind {
  return (operation === null ? undefined : kinds[operation]) ?? 'writing';
}

/** Gathers rows into sittings: rows of writing without a long pause; each operation by itself, and so is a row that stands for others, of which nobody can say how they belonged together. */
export class SittingTally {
  readonly sittings: TalliedSitting[] = [];
  /** Whether no other row belongs to the last one. */
  private isOver = false;

  /** @param last - the sitting that the first row may belong to; it is not changed. */
  constructor(last?: CountedSitting) {
    if (last !== undefined) this.sittings.push({ ...last, people: last.people.map((one) => ({ ...one })) });
  }

  add(
    { seq, time, operation }: Pick<ChronicleRow, 'seq' | 'time' | 'operation'>,
    letters: readonly PersonTally[],
  ): void {
    const kind = sittingKindOf(operation);
    let last = this.sittings.at(-1);
    if (
      last === undefined ||
      kind !== 'writing' ||
      this.isOver ||
      operation === 'thin' ||
      last.kind !== kind ||
      time - last.toTime >= sittingGapMs
    ) {
      last = { kind, fromSeq: seq, toSeq: seq, fromTime: time, toTime: time, people: [] };
      this.sittings.push(last);
    }
    this.isOver = operation === 'thin';
    last.toSeq = seq;
    last.toTime = Math.max(last.toTime, time);
    for (const { person, written, removed } of letters) {
      let known = last.people.find((one) => one.person === person);
      if (known === undefined) last.people.push((known = { person, written: 0, removed: 0 }));
      known.written += written;
      known.removed += removed;
    }
  }

  pack(out: PackWriter): void {
    const { sittings } = this;
    out.integers(sittings.map(({ kind }) => sittingKinds.indexOf(kind)));
    out.integers(sittings.map(({ fromSeq }) => fromSeq));
    out.integers(sittings.map(({ toSeq }) => toSeq));
    out.numbers(sittings.map(({ fromTime }) => fromTime));
    out.numbers(sittings.map(({ toTime }) => toTime));
    out.integers(sittings.map(({ people }) => people.length));
    const people = sittings.flatMap((sitting) => sitting.people);
    out.people(people.map(({ person }) => person));
    out.numbers(people.map(({ written }) => written));
    out.numbers(people.map(({ removed }) => removed));
    out.integers([Number(this.isOver)]);
  }

  static unpack(from: PackReader): SittingTally {
    const kinds = from.integers();
    const { length } = kinds;
    const [fromSeqs, toSeqs] = [from.integers(length), from.integers(length)];
    const [fromTimes, toTimes] = [from.numbers(length), from.numbers(length)];
    const counts = from.integers(length);
    const people = from.people();
    const [written, removed] = [from.numbers(people.length), from.numbers(people.length)];
    const tallies = people.map((person, at) => ({
      person,
      written: written[at] as number,
      removed: removed[at] as number,
    }));
    const tally = new SittingTally();
    let at = 0;
    for (const [place, number] of kinds.entries()) {
      const kind = sittingKinds[number];
      if (kind === undefined) throw new RangeError('a sitting of a kind that is not known');
      const count = counts[place] as number;
      tally.sittings.push({
        kind,
        fromSeq: fromSeqs[place] as number,
        toSeq: toSeqs[place] as number,
        fromTime: fromTimes[place] as number,
        toTime: toTimes[place] as number,
        people: tallies.slice(at, at + count),
      });
      at += count;
    }
    tally.isOver = from.integers(1)[0] === 1;
    return tally;
  }
}

/** The letters that a row wrote and removed: what it only carried from one place to another counts for neither. */
export function lettersOf(
  chronicle: Pick<ChronicleTables, 'ownerOf'>,
  row: Pick<ChronicleRow, 'person'>,
  texts: readonly InsertedText[],
  { carried, lettersRemoved }: { readonly carried: readonly Carried[]; readonly lettersRemoved: number },
): PersonTally[] {
  const people = new Map<PersonId | null, PersonTally>();
  const of = (person: PersonId | null): PersonTally => {
    let tally = people.get(person);
    if (tally === undefined) people.set(person, (tally = { person, written: 0, removed: 0 }));
    return tally;
  };
  of(row.person);
  for (const { client, text } of texts) of(chronicle.ownerOf(client)).written += text.length;
  let moved = 0;
  for (const { to, length, kind } of carried) {
    of(chronicle.ownerOf(to.client)).written -= length;
    if (kind === 'moved') moved += length;
  }
  of(row.person).removed += Math.max(0, lettersRemoved - moved);
  return [...people.values()];
}

/** The same from a row alone, without what it was written into: what it only carried counts, and so does what is no text of all that it removed. */
export function roughLettersOf({ person, bytes }: Pick<ChronicleRow, 'person' | 'bytes'>): PersonTally[] {
  const { texts, removed } = readRow(bytes);
  return [
    {
      person,
      written: texts.reduce((sum, { text }) => sum + text.length, 0),
      removed: removed.reduce((sum, { start, end }) => sum + end - start, 0),
    },
  ];
}
