import { foldText } from '#shared/domain/foldText.ts';

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[\s’'\-–—·.,:]+/)
    .filter((word) => word !== '');

/** True when every word typed begins a word of the name, whatever the accents. */
export function plainSearch(name: string, query: string): boolean {
  const words = wordsOf(name);
  return wordsOf(query).every((part) => words.some((word) => word.startsWith(part)));
}
