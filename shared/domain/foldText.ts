const marks = /\p{M}+/gu;
const word = /[\p{L}\p{N}]+/gu;

/** Text without accents, its ligatures in two letters; its case stays. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(marks, '')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .replaceAll('ß', 'ss');
}

/**
 * Writes text the way a search compares it: lower case, no accents, œ and æ in two letters. SQLite's unicode61 does the accents but not
 * the ligatures, so both the text and the query pass through here.
 */
export function foldText(text: string): string {
  return withoutAccents(text.toLowerCase());
}

/** The folded words of a text, in order. A word is an unbroken run of letters and digits, as unicode61 cuts them. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(word) ?? [];
}
