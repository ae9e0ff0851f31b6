import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Chronicle } from './Chronicle.ts';

/** A passage that a note once held. */
export interface FoundPassage {
  /** As it was written. */
  readonly text: string;
  /** What stood around it when it came. */
  readonly before: string;
  readonly after: string;
  readonly inTitle: boolean;
  /** The row with which it was whole, and the one that broke or removed it; null: it is still there. */
  readonly fromSeq: number;
  readonly goneSeq: number | null;
  /** Who wrote its first letter. */
  readonly author: PersonId | null;
}

/** One character of a text, whenever it was there. */
interface Unit {
  readonly letter: string;
  readonly folded: string;
  readonly from: number;
  /** The row that removed it; `Infinity`: none did. */
  readonly until: number;
  readonly client: number;
  readonly clock: number;
}

/** A span of rows in which the first letters of the passage stood beside each other. */
interface Partial {
  readonly from: number;
  readonly until: number;
  readonly units: readonly Unit[];
}

/** A passage, and the text in which it stood. */
type Placed = Omit<FoundPassage, 'before' | 'after'> & {
  readonly place: { readonly units: readonly Unit[]; readonly at: number; readonly last: Unit };
};

const apostrophes = '’‘';
const spaces = '\u00a0\u202f\u2009';
/** Ways that one beginning may go on: text that was changed very often has many. */
const mostWays = 64;
const around = 60;

/**
 * Finds where a passage ever stood, letter beside letter, whatever became of it. Capitals and accents make no difference. What a row only carried elsewhere is one passage, not two.
 * @param limit - at most so many, those that went last first.
 */
export function searchPast(chronicle: Chronicle, wanted: string, limit: number): FoundPassage[] {
  const letters = fold(wanted).split('');
  if (letters.length === 0) return [];
  const found: Placed[] = [];
  for (const { parent, inTitle, from, until } of textsOf(chronicle)) {
    const units = unitsOf(chronicle, parent, from, until);
    for (let at = 0; at < units.length; at += 1) {
      if (units[at]?.folded !== letters[0]) continue;
      for (const { from: fromSeq, until: untilSeq, units: whole } of standing(units, at, letters)) {
        const [first] = whole;
        const last = whole.at(-1);
        if (first === undefined || last === undefined) continue;
        found.push({
          text: whole.map(({ letter }) => letter).join(''),
          inTitle,
          fromSeq,
          goneSeq: untilSeq === Infinity ? null : untilSeq,
          author: chronicle.originOf(first).person,
          place: { units, at, last },
        });
      }
    }
  }
  const gone = (one: Placed): number => one.goneSeq ?? Infinity;
  return joinCarried(found)
    .toSorted((a, b) => gone(b) - gone(a) || b.fromSeq - a.fromSeq)
    .slice(0, limit)
    .map(withSurroundings);
}

function withSurroundings({ place: { units, at, last }, ...passage }: Placed): FoundPassage {
  const stood = ({ from, until }: Unit): boolean => from <= passage.fromSeq && until > passage.fromSeq;
  const textOf = (some: readonly Unit[]): string => some.map(({ letter }) => letter).join('');
  return {
    ...passage,
    before: textOf(units.slice(0, at).filter(stood).slice(-around)),
    after: textOf(
      units
        .slice(units.indexOf(last) + 1)
        .filter(stood)
        .slice(0, around),
    ),
  };
}

/** Every text of the title and the body that ever was, with the rows between which what it stands in was there. */
function* textsOf(
  chronicle: Chronicle,
): Generator<{ parent: Y.AbstractType<unknown>; inTitle: boolean; from: number; until: number }> {
  const title = titleOf(chronicle.doc) as unknown as Y.AbstractType<unknown>;
  yield { parent: title, inTitle: true, from: 0, until: Infinity };
  const stack = [
    {
      parent: bodyOf(chronicle.doc) as unknown as Y.AbstractType<unknown>,
      inTitle: false,
      from: 0,
      until: Infinity,
    },
  ];
  for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
    if (here.parent instanceof Y.XmlText) {
      yield here;
      continue;
    }
    for (let item = here.parent._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType)) continue;
      const { client, clock } = item.id;
      stack.push({
        parent: item.content.type as Y.AbstractType<unknown>,
        inTitle: false,
        from: Math.max(here.from, chronicle.written.at(client, clock) ?? Infinity),
        until: Math.min(here.until, chronicle.removed.at(client, clock) ?? Infinity),
      });
    }
  }
}

function unitsOf(
  { written, removed }: Chronicle,
  parent: Y.AbstractType<unknown>,
  least: number,
  most: number,
): Unit[] {
  const units: Unit[] = [];
  for (let item = parent._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    for (let at = 0; at < item.length; at += 1) {
      const letter = item.content.str[at] ?? '';
      const from = Math.max(least, written.at(client, clock + at) ?? Infinity);
      const until = Math.min(most, removed.at(client, clock + at) ?? Infinity);
      if (from < until)
        units.push({ letter, folded: foldLetter(letter), from, until, client, clock: clock + at });
    }
  }
  return units;
}

/** When the letters stood beside each other, from a unit on. */
function standing(units: readonly Unit[], start: number, letters: readonly string[]): Partial[] {
  const first = units[start] as Unit;
  const whole: Partial[] = [];
  let open: readonly Partial[] = [{ from: first.from, until: first.until, units: [first] }];
  for (let at = start; open.length > 0; at += 1) {
    const waiting = open.filter((one) => one.units.length < letters.length);
    if (waiting.length < open.length) whole.push(...open.filter((one) => !waiting.includes(one)));
    if (waiting.length === 0 || waiting.length > mostWays) return whole;
    let unit = units[at + 1];
    // What nobody who waits saw is passed over: of a long text that is most of it.
    while (unit !== undefined && !waiting.some((one) => wasThere(one, unit as Unit))) unit = units[++at + 1];
    if (unit === undefined) return whole;
    const next = unit;
    open = waiting.flatMap((one) => goOn(one, next, letters[one.units.length]));
  }
  return whole;
}

/** Whether a unit stood there in some of the rows of a span. */
function wasThere(one: Partial, { from, until }: Unit): boolean {
  return from < one.until && until > one.from;
}

/** With the next unit as the next letter, while it was there; past it, while it was not. */
function goOn(one: Partial, unit: Unit, letter: string | undefined): Partial[] {
  const out: Partial[] = [];
  const push = (from: number, until: number, units: readonly Unit[]): void => {
    if (from < until) out.push({ from, until, units });
  };
  push(one.from, Math.min(one.until, unit.from), one.units);
  if (unit.folded === letter)
    push(Math.max(one.from, unit.from), Math.min(one.until, unit.until), [...one.units, unit]);
  push(Math.max(one.from, unit.until), one.until, one.units);
  return out;
}

/** A passage that one row took from one place and put in another went on. */
function joinCarried(found: readonly Placed[]): Placed[] {
  const out: Placed[] = [];
  /** Where in `out` those stand that went with a row, and say the same. */
  const gone = new Map<string, number[]>();
  for (const one of found.toSorted((a, b) => a.fromSeq - b.fromSeq)) {
    const before = gone.get(`${one.fromSeq} ${one.text}`)?.shift();
    const known = before === undefined ? undefined : out[before];
    const place = before ?? out.length;
    out[place] = known === undefined ? one : { ...known, goneSeq: one.goneSeq };
    if (one.goneSeq === null) continue;
    const key = `${one.goneSeq} ${one.text}`;
    const same = gone.get(key);
    if (same === undefined) gone.set(key, [place]);
    else same.push(place);
  }
  return out;
}

/**
 * In small letters, without accents, apostrophes and spaces of all kinds as one, since nobody types « ’ » in a search; each sign by itself, so
 * that places stay what they are.
 */
function fold(text: string): string {
  return [...text]
    .map((sign) => {
      if (apostrophes.includes(sign)) return "'";
      if (spaces.includes(sign)) return ' ';
      const plain = sign.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
      return plain.length === sign.length ? plain : sign;
    })
    .join('');
}

const foldedLetters = new Map<string, string>();

/** `fold` of one letter. A text has a million of them, and some hundred different ones. */
function foldLetter(letter: string): string {
  let folded = foldedLetters.get(letter);
  if (folded === undefined) {
    folded = fold(letter);
    if (foldedLetters.size < 10_000) foldedLetters.set(letter, folded);
  }
  return folded;
}
