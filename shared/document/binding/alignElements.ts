import type { Node } from '@tiptap/pm/model';

/** Indexes of a node before and of the node that it became. */
export type Pair = readonly [before: number, after: number];

/** Above this many comparisons blocks are paired in order: a paste over hundreds of blocks resembles nothing anyway. */
const mostComparisons = 400;

const isSame = (before: Node, after: Node): boolean => before === after || before.eq(after);

/** How much of a node is still there, from 0 to 1: what its beginning and its end have kept. */
function likeness(before: Node, after: Node): number {
  const longest = Math.max(before.content.size, after.content.size);
  if (longest === 0) return 1;
  const start = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (start === null || !end) return 1;
  const kept = start + Math.min(before.content.size - end.a, after.content.size - end.b);
  return Math.min(1, kept / longest);
}

/** Greater for a better pair; null for two that cannot be one. Being paired counts for as much as being alike. */
function worth(before: Node, after: Node): number | null {
  if (before.type !== after.type) return null;
  const id: unknown = before.attrs['id'];
  return (
    1 + likeness(before, after) + (id !== undefined && id !== null && id === after.attrs['id'] ? 0.1 : 0)
  );
}

/** Longest list of pairs in which both sides rise, of pairs given in the order of the first side. */
function risingPairs(pairs: readonly Pair[]): Pair[] {
  /** For each length, the pair that ends the best list of that length; and the pair before each. */
  const ends: Pair[] = [];
  const previous = new Map<Pair, Pair | undefined>();
  for (const pair of pairs) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    previous.set(pair, ends[low - 1]);
    ends[low] = pair;
  }
  const rising: Pair[] = [];
  for (let at = ends.at(-1); at; at = previous.get(at)) rising.unshift(at);
  return rising;
}

interface Stretch {
  readonly fromBefore: number;
  readonly toBefore: number;
  readonly fromAfter: number;
  readonly toAfter: number;
}

/** Pairs nodes of one kind in order, so that as many as possible are paired, the most alike first. */
function pairAlike(before: readonly Node[], after: readonly Node[], stretch: Stretch): Pair[] {
  const rows = stretch.toBefore - stretch.fromBefore;
  const columns = stretch.toAfter - stretch.fromAfter;
  if (rows === 0 || columns === 0) return [];
  if (rows * columns > mostComparisons) return pairInOrder(before, after, stretch);
  const value = (row: number, column: number): number | null => {
    const [from, to] = [before[stretch.fromBefore + row], after[stretch.fromAfter + column]];
    return from && to ? worth(from, to) : null;
  };
  /** best[row][column]: what can be reached from that place on. */
  const best = Array.from({ length: rows + 1 }, () => Array.from({ length: columns + 1 }, () => 0));
  const worths = best.map((line) => line.map((): number | null => null));
  const bestAt = (row: number, column: number): number => best[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const paired = value(row, column);
      worths[row]![column] = paired;
      const together = paired === null ? -1 : paired + bestAt(row + 1, column + 1);
      best[row]![column] = Math.max(together, bestAt(row + 1, column), bestAt(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const paired = worths[row]?.[column] ?? null;
    if (paired !== null && bestAt(row, column) === paired + bestAt(row + 1, column + 1)) {
      pairs.push([stretch.fromBefore + row, stretch.fromAfter + column]);
      row += 1;
      column += 1;
    } else if (bestAt(row, column) === bestAt(row + 1, column)) row += 1;
    else column += 1;
  }
  return pairs;
}

function pairInOrder(before: readonly Node[], after: readonly Node[], stretch: Stretch): Pair[] {
  const pairs: Pair[] = [];
  const length = Math.min(stretch.toBefore - stretch.fromBefore, stretch.toAfter - stretch.fromAfter);
  for (let at = 0; at < length; at += 1) {
    const pair = [stretch.fromBefore + at, stretch.fromAfter + at] as const;
    if (before[pair[0]]?.type === after[pair[1]]?.type) pairs.push(pair);
  }
  return pairs;
}

/**
 * Says which node became which, in reading order, of the children of one parent before and after an edit. What has no pair
 * was removed or added. Nodes that the edit did not touch are the same objects, and always paired unless they changed places.
 */
export function alignElements(before: readonly Node[], after: readonly Node[]): Pair[] {
  const shorter = Math.min(before.length, after.length);
  const same = (one: number, other: number): boolean => {
    const [from, to] = [before[one], after[other]];
    return from !== undefined && to !== undefined && isSame(from, to);
  };
  let start = 0;
  while (start < shorter && same(start, start)) start += 1;
  let end = 0;
  while (end < shorter - start && same(before.length - 1 - end, after.length - 1 - end)) end += 1;

  const places = new Map(after.slice(start, after.length - end).map((node, at) => [node, start + at]));
  const untouched = before.slice(start, before.length - end).flatMap((node, at): Pair[] => {
    const place = places.get(node);
    return place === undefined ? [] : [[start + at, place]];
  });

  const pairs: Pair[] = [];
  for (let at = 0; at < start; at += 1) pairs.push([at, at]);
  let [fromBefore, fromAfter] = [start, start];
  const stops: Pair[] = [...risingPairs(untouched), [before.length - end, after.length - end]];
  for (const stop of stops) {
    pairs.push(...pairAlike(before, after, { fromBefore, toBefore: stop[0], fromAfter, toAfter: stop[1] }));
    if (stop[0] < before.length - end) pairs.push(stop);
    fromBefore = stop[0] + 1;
    fromAfter = stop[1] + 1;
  }
  for (let at = end; at > 0; at -= 1) pairs.push([before.length - at, after.length - at]);
  return pairs;
}
