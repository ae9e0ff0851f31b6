import { withoutAccents } from '#shared/domain/foldText.ts';

/** How a search reads the text. */
export interface FindOptions {
  readonly matchCase: boolean;
  readonly ignoreAccents: boolean;
}

/**
 * Text as a search compares it, with the place of each of its units in the original: « Œuvre » becomes « oeuvre ».
 * Apostrophes and spaces of all kinds are one, since nobody types a no-break space in a search.
 */
function fold(text: string, options: FindOptions): { readonly folded: string; readonly places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    let plain = character.replace(/[\u00a0\u202f\u2009]/gu, ' ').replace(/[’‘]/gu, "'");
    if (options.ignoreAccents) plain = withoutAccents(plain);
    if (!options.matchCase) plain = plain.toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded += plain;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** A stretch of a text, in UTF-16 units. */
export interface Found {
  readonly from: number;
  readonly to: number;
}

/** Where a text holds a query, one after the other, none overlapping. */
export function findInText(text: string, query: string, options: FindOptions): Found[] {
  const wanted = fold(query, options).folded;
  if (wanted === '') return [];
  const { folded, places } = fold(text, options);
  const found: Found[] = [];
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length)) {
    const from = places[at] ?? 0;
    let end = at + wanted.length;
    // All that one character became belongs to it.
    while (end < folded.length && places[end] === places[end - 1]) end += 1;
    found.push({ from, to: places[end] ?? text.length });
  }
  return found;
}
