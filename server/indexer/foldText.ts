const marks = /\p{M}+/gu;
const word = /[\p{L}\p{N}]+/gu;

/**
 * Writes text the way the search compares it: lower case, no accents, œ and æ in two letters. SQLite's unicode61 does the accents but not
 * the ligatures, so both the text and the query pass through here.
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss');
}

/** The folded words of a text, in order. A word is an unbroken run of letters and digits, as unicode61 cuts them. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(word) ?? [];
}
