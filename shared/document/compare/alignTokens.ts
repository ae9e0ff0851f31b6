/** A stretch of two sequences: equal on both sides, or replaced (either side may be empty). */
export interface Stretch {
  readonly equal: boolean;
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Beyond this many cells the middle of the two sequences is taken as rewritten. 4 million cells take 16 MB and some 20 ms. */
const maxCells = 4_000_000;

/**
 * The common part of two sequences that weighs most, in order. Weights make long words hold together rather than spaces.
 * @param weight - above 0, the same for equal tokens.
 * @returns stretches that cover both sequences, equal ones and others in turn.
 */
export function alignTokens(
  a: readonly string[],
  b: readonly string[],
  weight: (token: string) => number,
): Stretch[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const stretches: Stretch[] = [];
  const push = (equal: boolean, fromA: number, toA: number, fromB: number, toB: number): void => {
    if (fromA === toA && fromB === toB) return;
    const last = stretches.at(-1);
    if (last?.equal === equal) stretches[stretches.length - 1] = { ...last, toA, toB };
    else stretches.push({ equal, fromA, toA, fromB, toB });
  };
  push(true, 0, start, 0, start);
  let atA = start;
  let atB = start;
  for (const [x, y] of heaviestPairs(
    a.slice(start, a.length - end),
    b.slice(start, b.length - end),
    weight,
  )) {
    push(false, atA, start + x, atB, start + y);
    push(true, start + x, start + x + 1, start + y, start + y + 1);
    atA = start + x + 1;
    atB = start + y + 1;
  }
  push(false, atA, a.length - end, atB, b.length - end);
  push(true, a.length - end, a.length, b.length - end, b.length);
  return stretches;
}

function heaviestPairs(
  a: readonly string[],
  b: readonly string[],
  weight: (token: string) => number,
): [number, number][] {
  const width = b.length + 1;
  if (a.length === 0 || b.length === 0 || (a.length + 1) * width > maxCells) return [];
  const best = new Float32Array((a.length + 1) * width);
  const weights = b.map(weight);
  for (let x = a.length - 1; x >= 0; x -= 1) {
    for (let y = b.length - 1; y >= 0; y -= 1) {
      const here = x * width + y;
      const below = best[here + width] ?? 0;
      const right = best[here + 1] ?? 0;
      let most = below >= right ? below : right;
      if (a[x] === b[y]) {
        const both = (best[here + width + 1] ?? 0) + (weights[y] ?? 0);
        if (both >= most) most = both;
      }
      best[here] = most;
    }
  }
  const pairs: [number, number][] = [];
  let x = 0;
  let y = 0;
  while (x < a.length && y < b.length) {
    const here = x * width + y;
    const value = best[here] ?? 0;
    if (a[x] === b[y] && Math.fround((best[here + width + 1] ?? 0) + (weights[y] ?? 0)) >= value) {
      pairs.push([x, y]);
      x += 1;
      y += 1;
    } else if ((best[here + width] ?? 0) >= value) x += 1;
    else y += 1;
  }
  return pairs;
}
