import { alignTokens } from '#shared/document/compare/alignTokens.ts';
import { cutWords, isWord } from '#shared/document/compare/words.ts';
import { leastCarried, matchWords } from './matchWords.ts';

/** A piece of one of some texts that is a piece of one of others. */
export interface RunMatch {
  /** Which of the others, and where it begins there. */
  readonly source: number;
  readonly from: number;
  /** Which of the texts, and where it begins there. */
  readonly target: number;
  readonly to: number;
  readonly length: number;
}

/** A piece as long as this that is the whole of a text, wherever it stands in the others, is the same. Two letters may be typed by anybody. */
const leastInside = 3;

/**
 * Pairs texts that were inserted with texts that were removed, both in the order in which they stand. A whole text first: alone, as several neighbours together (paragraphs that were
 * joined), as a part of one (a paragraph that was cut). What is left, by whole words. Nothing is paired twice.
 * @param mayBeShort - whether one letter may be the same letter, of a text.
 */
export function matchRuns(
  targets: readonly string[],
  sources: readonly string[],
  mayBeShort: (target: number, source: number) => boolean,
): RunMatch[] {
  if (targets.length === 0 || sources.length === 0) return [];
  const joined = new Joined(sources);
  const out: RunMatch[] = [];
  const left: number[] = [];
  const order = [...targets.keys()].toSorted((a, b) => (targets[b]?.length ?? 0) - (targets[a]?.length ?? 0));
  for (const target of order) {
    const text = targets[target] ?? '';
    const at = joined.take(text, (source) => text.length > 1 || mayBeShort(target, source));
    if (at === null) left.push(target);
    else out.push(...joined.piecesOf(at, text.length).map((piece) => ({ ...piece, target })));
  }
  for (const target of left) {
    const text = targets[target] ?? '';
    const rest = joined.rest();
    const whole = rest.filter(({ text: part }) => part.length >= leastInside && part.length < text.length);
    const found = [
      ...wholeInside(text, whole),
      ...matchWords(
        text,
        rest.map((part) => part.text),
      ).map(({ source, from, to, length }) => ({ at: (rest[source]?.at ?? 0) + from, to, length })),
    ];
    const taken = new Uint8Array(text.length);
    const kept: Placed[] = [];
    for (const { at, to, length } of found) {
      if (taken.subarray(to, to + length).includes(1) || !joined.use(at, length)) continue;
      taken.fill(1, to, to + length);
      kept.push({ at, to, length });
    }
    if (kept.length === 0) kept.push(...mostlyTheSame(text, rest, joined));
    for (const { at, to, length } of [...kept, ...between(text, kept, joined)])
      out.push(...joined.piecesOf(at, length).map((piece) => ({ ...piece, target, to: piece.to + to })));
  }
  return out;
}

/** A piece of a text, at `to`, that stands at `at` in the others. */
interface Placed {
  readonly at: number;
  readonly to: number;
  readonly length: number;
}

/** Longer gaps are not looked into. */
const longestGap = 2_000;

/** Between two pieces that stayed in their order, the words that stayed too, however short: a phrase that was rewritten, or put in bold, in part. Those that are found are used up. */
function between(text: string, kept: readonly Placed[], joined: Joined): Placed[] {
  const found: Placed[] = [];
  const stops = kept.toSorted((a, b) => a.to - b.to);
  for (const [place, next] of [...stops, null].entries()) {
    const last = stops[place - 1] ?? null;
    const around = last ?? next;
    if (around === null) return found;
    const room = joined.roomAround(around);
    const gap = { from: last === null ? 0 : last.to + last.length, until: next?.to ?? text.length };
    const there = {
      from: last === null ? room.from : last.at + last.length,
      until: next === null ? room.until : next.at,
    };
    const size = there.until - there.from;
    if (gap.until <= gap.from || size <= 0 || size > longestGap || gap.until - gap.from > longestGap)
      continue;
    const here = cutWords(text.slice(gap.from, gap.until));
    const other = cutWords(joined.slice(there.from, there.until));
    let [to, at] = [gap.from, there.from];
    for (const stretch of alignTokens(here, other, (word) => word.length)) {
      const length = here.slice(stretch.fromA, stretch.toA).join('').length;
      if (stretch.equal && joined.use(at, length)) found.push({ at, to, length });
      to += length;
      at += other.slice(stretch.fromB, stretch.toB).join('').length;
    }
  }
  return found;
}

/** Texts this short are compared word by word. */
const shortText = 60;

/** A short text whose words are, for the greater part, those of one of some others. */
function mostlyTheSame(
  text: string,
  parts: readonly { readonly at: number; readonly text: string }[],
  joined: Joined,
): Placed[] {
  if (text.length > shortText) return [];
  const here = cutWords(text);
  const wanted = here.filter(isWord).length;
  for (const { at: start, text: part } of parts) {
    if (part.length > shortText) continue;
    const other = cutWords(part);
    const stretches = alignTokens(here, other, (word) => (isWord(word) ? 10 : 1));
    const words = stretches
      .filter(({ equal }) => equal)
      .flatMap(({ fromA, toA }) => here.slice(fromA, toA).filter(isWord));
    if (words.length === 0 || words.length * 2 <= wanted || words.join('').length < 2) continue;
    const found: Placed[] = [];
    let [to, at] = [0, start];
    for (const { equal, fromA, toA, fromB, toB } of stretches) {
      const length = here.slice(fromA, toA).join('').length;
      if (equal && joined.use(at, length)) found.push({ at, to, length });
      to += length;
      at += other.slice(fromB, toB).join('').length;
    }
    return found;
  }
  return [];
}

/** The parts that a text holds whole. */
function wholeInside(
  text: string,
  parts: readonly { readonly at: number; readonly text: string }[],
): Placed[] {
  return parts.flatMap(({ at, text: part }) => {
    const to = text.indexOf(part);
    return to < 0 ? [] : [{ at, to, length: part.length }];
  });
}

/** Several texts as one, of which pieces are used up. */
class Joined {
  readonly #text: string;
  readonly #starts: number[] = [];
  readonly #used: Uint8Array;

  constructor(texts: readonly string[]) {
    let at = 0;
    for (const text of texts) {
      this.#starts.push(at);
      at += text.length;
    }
    this.#text = texts.join('');
    this.#used = new Uint8Array(at);
  }

  /** Uses up a text where it stands: best where a text begins or ends, else anywhere if it is long enough. @returns where; null where it does not stand. */
  take(text: string, accepts: (source: number) => boolean): number | null {
    let inside: number | null = null;
    for (let at = this.#text.indexOf(text); at >= 0; at = this.#text.indexOf(text, at + 1)) {
      if (!this.#isFree(at, text.length) || !accepts(this.#sourceAt(at))) continue;
      if (this.#isEdge(at) || this.#isEdge(at + text.length)) {
        this.use(at, text.length);
        return at;
      }
      inside ??= at;
    }
    if (inside === null || text.length < leastInside) return null;
    if (text.length < leastCarried && !isApart(this.#text, inside, text.length)) return null;
    this.use(inside, text.length);
    return inside;
  }

  /** @returns false where some of it is used already. */
  use(at: number, length: number): boolean {
    if (!this.#isFree(at, length)) return false;
    this.#used.fill(1, at, at + length);
    return true;
  }

  slice(from: number, until: number): string {
    return this.#text.slice(from, until);
  }

  /** Where the text begins and ends of which a piece is one. */
  roomAround({ at, length }: Placed): { from: number; until: number } {
    return {
      from: this.#starts[this.#sourceAt(at)] ?? 0,
      until: this.#starts[this.#sourceAt(at + length - 1) + 1] ?? this.#text.length,
    };
  }

  /** What is not used yet. */
  rest(): { at: number; text: string }[] {
    const parts: { at: number; text: string }[] = [];
    for (const [source, start] of this.#starts.entries()) {
      const end = this.#starts[source + 1] ?? this.#text.length;
      for (let at = start; at < end;) {
        let to = at;
        while (to < end && this.#used[to] === 0) to += 1;
        if (to > at) parts.push({ at, text: this.#text.slice(at, to) });
        at = to + 1;
      }
    }
    return parts;
  }

  /** A stretch, cut where one text ends and the next begins. */
  piecesOf(at: number, length: number): { source: number; from: number; to: number; length: number }[] {
    const pieces: { source: number; from: number; to: number; length: number }[] = [];
    for (let done = 0; done < length;) {
      const source = this.#sourceAt(at + done);
      const start = this.#starts[source] ?? 0;
      const end = this.#starts[source + 1] ?? this.#text.length;
      const size = Math.min(length - done, end - at - done);
      pieces.push({ source, from: at + done - start, to: done, length: size });
      done += size;
    }
    return pieces;
  }

  #isFree(at: number, length: number): boolean {
    return !this.#used.subarray(at, at + length).includes(1);
  }

  #isEdge(at: number): boolean {
    return at === this.#text.length || this.#starts[this.#sourceAt(at)] === at;
  }

  #sourceAt(at: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const letter = /[\p{L}\p{N}\p{M}]/u;

/** True for a piece that begins and ends with words. */
function isApart(text: string, at: number, length: number): boolean {
  const parts = (place: number): boolean =>
    !(letter.test(text[place - 1] ?? '') && letter.test(text[place] ?? ''));
  return parts(at) && parts(at + length);
}
