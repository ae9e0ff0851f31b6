import type { Bag } from './similarity.ts';

/**
 * What each of some bags has in common with each of others, in weight, by an index of the words: two blocks without a word in common cost nothing.
 * @returns row by row, one row for each bag of `before`.
 */
export function commonMatrix(before: readonly Bag[], after: readonly Bag[]): Float32Array {
  const columns = after.length;
  const matrix = new Float32Array(before.length * columns);
  const places = new Map<string, { column: number; weight: number }[]>();
  after.forEach((bag, column) => {
    for (const [word, weight] of bag.weights) {
      const known = places.get(word);
      if (known) known.push({ column, weight });
      else places.set(word, [{ column, weight }]);
    }
  });
  before.forEach((bag, row) => {
    const start = row * columns;
    for (const [word, weight] of bag.weights) {
      for (const place of places.get(word) ?? []) {
        const at = start + place.column;
        matrix[at] = (matrix[at] ?? 0) + Math.min(weight, place.weight);
      }
    }
  });
  return matrix;
}
