import { familyOf, isLeaf, isMedia, isTextBlock, mediaKey } from './blockFamilies.ts';
import { signature, type TracedNode } from './TracedNode.ts';
import { cutWords, isWord } from './words.ts';

/** Words of a block with how much each weighs in all; long words tell more than « de » and « la ». */
export interface Bag {
  readonly weights: ReadonlyMap<string, number>;
  readonly total: number;
  readonly words: number;
}

const leafWeight = 12;
const bags = new WeakMap<TracedNode, Bag>();

const wordWeight = (word: string): number => (word.length <= 3 ? 0.5 : Math.min(word.length, 10) / 2);

/** The words of a block and of all that it holds. */
export function bagOf(node: TracedNode): Bag {
  const known = bags.get(node);
  if (known) return known;
  const weights = new Map<string, number>();
  let total = 0;
  let words = 0;
  const add = (word: string, weight: number): void => {
    weights.set(word, (weights.get(word) ?? 0) + weight);
    total += weight;
  };
  const visit = (one: TracedNode): void => {
    if (one.text !== null) return;
    if (isMedia(one)) add(`\u0000${one.type}${mediaKey(one)}`, leafWeight);
    else if (isLeaf(one)) add(`\u0000${signature(one)}`, leafWeight / 2);
    else if (isTextBlock(one)) {
      const text = one.content
        .map((child) => child.text ?? (child.content.length > 0 ? ' ' : `\u0001`))
        .join('');
      for (const word of cutWords(text)) {
        if (!isWord(word)) continue;
        words += 1;
        add(word.toLowerCase(), wordWeight(word));
      }
      for (const child of one.content)
        if (child.text === null && child.type !== 'hardBreak') add(`\u0001${signature(child)}`, 3);
    }
    for (const child of one.content) visit(child);
  };
  visit(node);
  const bag = { weights, total, words };
  bags.set(node, bag);
  return bag;
}

/** What two bags have in common, in weight. */
export function common(a: Bag, b: Bag): number {
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small.weights) {
    const other = large.weights.get(word);
    if (other !== undefined) sum += Math.min(weight, other);
  }
  return sum;
}

/** One bag for several blocks. */
export function union(parts: readonly Bag[]): Bag {
  const weights = new Map<string, number>();
  let total = 0;
  let words = 0;
  for (const part of parts) {
    for (const [word, weight] of part.weights) weights.set(word, (weights.get(word) ?? 0) + weight);
    total += part.total;
    words += part.words;
  }
  return { weights, total, words };
}

function sameElement(a: TracedNode, b: TracedNode): boolean {
  return a.id !== null && b.id !== null && a.id.client === b.id.client && a.id.clock === b.id.clock;
}

/** An item is first what its own line says: a list that moved into it does not make it the moved item. */
function itemShare(a: TracedNode, b: TracedNode, whole: number): number {
  const [firstA] = a.content;
  const [firstB] = b.content;
  if (familyOf(a) !== 'item' || !firstA || !firstB || !isTextBlock(firstA) || !isTextBlock(firstB))
    return whole;
  return 0.7 * similarity(firstA, firstB) + 0.3 * whole;
}

const shortWords = 8;

/**
 * How much two blocks look like the same block at two moments.
 * @param shared - what their bags have in common, where that is known already.
 * @returns 0 (not the same) to 1 (word for word).
 */
export function similarity(a: TracedNode, b: TracedNode, shared?: number): number {
  if (familyOf(a) !== familyOf(b)) return 0;
  const bagA = bagOf(a);
  const bagB = bagOf(b);
  const same = sameElement(a, b);
  const hasWords = bagA.total > 0 && bagB.total > 0;
  if (hasWords && shared === 0 && !same) return 0;
  if (signature(a) === signature(b)) return 1;
  if (isLeaf(a) || isLeaf(b)) return 0;
  if (isMedia(a)) return mediaKey(a) === mediaKey(b) ? 0.95 : 0;
  if (!hasWords) return bagA.total === bagB.total ? 0.9 : same ? 0.3 : 0;
  const dice = itemShare(a, b, (2 * (shared ?? common(bagA, bagB))) / (bagA.total + bagB.total));
  const type = a.type === b.type ? 1 : a.type === 'codeBlock' || b.type === 'codeBlock' ? 0.8 : 0.95;
  // The binding keeps a block's element while its text is edited: few words that all changed are still the same block.
  if (same && dice < leastAlike(a) && bagA.words <= shortWords && bagB.words <= shortWords) {
    return leastAlike(a) * type + 0.01;
  }
  return dice * type + (same ? 0.03 : 0);
}

/** Below this two blocks are two blocks. What holds others may differ more: its parts are compared in their turn. */
export function leastAlike(node: TracedNode): number {
  return isTextBlock(node) ? 0.38 : 0.22;
}
