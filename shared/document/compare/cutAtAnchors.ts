import { bagOf } from './similarity.ts';
import { signature, type TracedNode } from './TracedNode.ts';

/** A part of two lists of blocks that can be aligned by itself. */
export interface Piece {
  readonly before: readonly TracedNode[];
  readonly after: readonly TracedNode[];
}

/** Less than this share of the text in anchors, and they say nothing: one block that moved would hold the whole note apart. */
const leastShare = 0.25;

const countOf = (nodes: readonly TracedNode[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(signature(node), (counts.get(signature(node)) ?? 0) + 1);
  return counts;
};

/**
 * Cuts two long lists at blocks that are word for word the same and stand once on each side, as far as these keep their order.
 * @returns one piece when there are too few of them.
 */
export function cutAtAnchors(before: readonly TracedNode[], after: readonly TracedNode[]): Piece[] {
  const whole = [{ before, after }];
  const countA = countOf(before);
  const countB = countOf(after);
  const places = new Map(after.map((node, at) => [signature(node), at]));
  const anchors = before.flatMap((node, a) => {
    const key = signature(node);
    const b = places.get(key);
    return countA.get(key) === 1 && countB.get(key) === 1 && b !== undefined
      ? [{ a, b, weight: bagOf(node).total }]
      : [];
  });
  const kept = heaviestInOrder(anchors);
  const weight = kept.reduce((sum, anchor) => sum + anchor.weight, 0);
  const total = before.reduce((sum, node) => sum + bagOf(node).total, 0);
  if (kept.length === 0 || weight < total * leastShare) return whole;
  const pieces: Piece[] = [];
  let [atA, atB] = [0, 0];
  for (const { a, b } of kept) {
    pieces.push({ before: before.slice(atA, a), after: after.slice(atB, b) });
    pieces.push({ before: before.slice(a, a + 1), after: after.slice(b, b + 1) });
    [atA, atB] = [a + 1, b + 1];
  }
  pieces.push({ before: before.slice(atA), after: after.slice(atB) });
  return pieces.filter((piece) => piece.before.length > 0 || piece.after.length > 0);
}

interface Anchor {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/** The anchors that keep their order on both sides and weigh most together. They come in the order of the first side. */
function heaviestInOrder(anchors: readonly Anchor[]): Anchor[] {
  const sums = new Float64Array(anchors.length);
  const from = new Int32Array(anchors.length).fill(-1);
  let last = -1;
  anchors.forEach((anchor, at) => {
    for (let earlier = 0; earlier < at; earlier += 1) {
      const other = anchors[earlier];
      if (other && other.b < anchor.b && (sums[earlier] ?? 0) > (sums[at] ?? 0)) {
        sums[at] = sums[earlier] ?? 0;
        from[at] = earlier;
      }
    }
    sums[at] = (sums[at] ?? 0) + anchor.weight;
    if (last < 0 || (sums[at] ?? 0) > (sums[last] ?? 0)) last = at;
  });
  const kept: Anchor[] = [];
  for (let at = last; at >= 0; at = from[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor) kept.push(anchor);
  }
  return kept.toReversed();
}
