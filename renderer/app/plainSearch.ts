import { foldText } from '#shared/domain/foldText.ts';

/** True when every word typed begins a word of the name, whatever the accents. */
export function plainSearch(name: string, query: string): boolean {
  const words = foldText(name).split(/[\s’'\-–—·.,:]+/);
  return foldText(query)
    .trim()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
