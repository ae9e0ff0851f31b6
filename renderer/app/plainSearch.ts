const fold = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');

/** True when every word typed begins a word of the name, whatever the accents. */
export function plainSearch(name: string, query: string): boolean {
  const words = fold(name).split(/[\s’'\-–—·.,:]+/);
  return fold(query)
    .trim()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
