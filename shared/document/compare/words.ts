/**
 * Words of the French and English kind. The middle dot and a full stop between letters belong to the word (« auteur·trice »,
 * « engagé.e.s »); the apostrophe does not (« l’eau » is two words).
 */
const tokenPattern = /[\p{L}\p{N}\p{M}]+(?:[·.‧•][\p{L}\p{N}\p{M}]+)*|\s+|[^\s\p{L}\p{N}]/gu;
const wordPattern = /[\p{L}\p{N}]/u;
const spacePattern = /^\s+$/u;

/** Cuts a text into words, spaces and single signs; joined again they give the text. */
export function cutWords(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

/** True for a token that holds letters or digits. */
export function isWord(token: string): boolean {
  return wordPattern.test(token);
}

/** True for a token made of white space alone. */
export function isSpace(token: string): boolean {
  return spacePattern.test(token);
}

/** How many words a text has. */
export function countWords(text: string): number {
  let count = 0;
  for (const token of cutWords(text)) if (isWord(token)) count += 1;
  return count;
}
