/** A piece of a text that is a piece of one of some others. */
export interface WordMatch {
  /** Which of them. */
  readonly source: number;
  /** Where it begins there. */
  readonly from: number;
  /** Where it begins in the text. */
  readonly to: number;
  readonly length: number;
}

const gram = 4;
/** A shorter piece of a longer text is not taken for the same one. */
export const leastCarried = 6;
const maxSourceUnits = 400_000;
const maxPlaces = 40;

/** Finds the pieces of a text that others hold, in whole words, the longest first at each place. */
export function matchWords(text: string, sources: readonly string[]): WordMatch[] {
  if (text.length < leastCarried || sources.length === 0) return [];
  const places = indexGrams(sources);
  const out: WordMatch[] = [];
  for (let at = 0; at + gram <= text.length;) {
    let best: WordMatch | null = null;
    for (const [source, from] of places.get(text.slice(at, at + gram)) ?? []) {
      const other = sources[source] ?? '';
      let length = gram;
      while (at + length < text.length && text[at + length] === other[from + length]) length += 1;
      if (length > (best?.length ?? 0)) best = { source, from, to: at, length };
    }
    const words = best && wholeWords(best, text);
    if (words) {
      out.push(words);
      at = words.to + words.length;
    } else at += 1;
  }
  return out;
}

function indexGrams(sources: readonly string[]): Map<string, [source: number, at: number][]> {
  const places = new Map<string, [number, number][]>();
  let units = 0;
  for (const [source, text] of sources.entries()) {
    units += text.length;
    if (units > maxSourceUnits) break;
    for (let at = 0; at + gram <= text.length; at += 1) {
      const key = text.slice(at, at + gram);
      const known = places.get(key);
      if (known === undefined) places.set(key, [[source, at]]);
      else if (known.length < maxPlaces) known.push([source, at]);
    }
  }
  return places;
}

const inWord = /[\p{L}\p{N}\p{M}]/u;

/**
 * The words that a match holds whole. A match may begin with the end of another word (« trentaine » in « quarantaine »): that word is new.
 * @returns null when too little is left.
 */
function wholeWords({ source, from, to, length }: WordMatch, text: string): WordMatch | null {
  let start = to;
  let end = to + length;
  const cut = (place: number): boolean =>
    place > 0 && place < text.length && inWord.test(text[place - 1] ?? '') && inWord.test(text[place] ?? '');
  while (start < end && cut(start)) start += 1;
  while (end > start && cut(end)) end -= 1;
  if (end - start < leastCarried && end - start < text.length) return null;
  return { source, from: from + start - to, to: start, length: end - start };
}
