import { isTextBlock } from './blockFamilies.ts';
import { commonMatrix } from './commonMatrix.ts';
import { cutAtAnchors } from './cutAtAnchors.ts';
import { bagOf, common, leastAlike, similarity, union } from './similarity.ts';
import { signature, type TracedNode } from './TracedNode.ts';

/** Neighbouring blocks taken together: one to one, a block split in several, several joined in one, or only on one side. */
export interface BlockGroup {
  readonly before: readonly TracedNode[];
  readonly after: readonly TracedNode[];
}

/** Splits and joins of up to this many blocks are recognised. */
const maxParts = 4;
/** Beyond this many cells the middle of two neighbourhoods is cut at blocks that are the same in both, see `cutAtAnchors`. */
const maxCells = 250_000;

/**
 * Finds which blocks of two neighbourhoods are the same ones: the alignment in order that keeps most words together.
 * A block that moved past others is left over on both sides; `relocate` finds those.
 */
export function alignBlocks(before: readonly TracedNode[], after: readonly TracedNode[]): BlockGroup[] {
  let start = 0;
  while (start < before.length && start < after.length && equal(before[start], after[start])) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && equal(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1;
  const pair = (one: TracedNode, other: TracedNode): BlockGroup => ({ before: [one], after: [other] });
  const groups: BlockGroup[] = [];
  for (let at = 0; at < start; at += 1) groups.push(pair(before[at] as TracedNode, after[at] as TracedNode));
  groups.push(
    ...alignMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
  );
  for (let at = end; at > 0; at -= 1) {
    groups.push(pair(before[before.length - at] as TracedNode, after[after.length - at] as TracedNode));
  }
  return groups;
}

function equal(a: TracedNode | undefined, b: TracedNode | undefined): boolean {
  return a !== undefined && b !== undefined && signature(a) === signature(b);
}

function weightOf(node: TracedNode): number {
  return Math.max(bagOf(node).total, 1);
}

function mayBeCut(node: TracedNode): boolean {
  return isTextBlock(node) && node.type !== 'codeBlock';
}

/** How well one block and several others are the same text, cut. */
function groupScore(whole: TracedNode, parts: readonly TracedNode[]): number {
  const wholeBag = bagOf(whole);
  const together = union(parts.map(bagOf));
  const shared = common(together, wholeBag);
  const total = together.total + wholeBag.total;
  // Cuts are rarer than edits: what is gained must be worth it.
  return (2 * shared) / total < 0.6 ? 0 : 2 * shared - 2 - total * 0.04;
}

function alignMiddle(before: readonly TracedNode[], after: readonly TracedNode[]): BlockGroup[] {
  if (before.length === 0 && after.length === 0) return [];
  if (before.length * after.length > maxCells) {
    const pieces = cutAtAnchors(before, after);
    if (pieces.length > 1) return pieces.flatMap((piece) => alignMiddle(piece.before, piece.after));
  }
  return new Alignment(before, after).groups();
}

/** The best way through two lists of blocks, by dynamic programming from their ends. */
class Alignment {
  readonly #before: readonly TracedNode[];
  readonly #after: readonly TracedNode[];
  readonly #common: Float32Array;
  readonly #width: number;
  readonly #best: Float64Array;
  /** How many blocks the best step takes on each side, as before * 8 + after. */
  readonly #step: Uint8Array;

  constructor(before: readonly TracedNode[], after: readonly TracedNode[]) {
    this.#before = before;
    this.#after = after;
    this.#common = commonMatrix(before.map(bagOf), after.map(bagOf));
    this.#width = after.length + 1;
    this.#best = new Float64Array((before.length + 1) * this.#width);
    this.#step = new Uint8Array((before.length + 1) * this.#width);
  }

  groups(): BlockGroup[] {
    for (let row = this.#before.length; row >= 0; row -= 1) {
      for (let column = this.#after.length; column >= 0; column -= 1) this.#decide(row, column);
    }
    return readSteps(this.#before, this.#after, this.#step);
  }

  #decide(row: number, column: number): void {
    const here = row * this.#width + column;
    const below = here + this.#width;
    const a = this.#before[row];
    const b = this.#after[column];
    if (a) this.#set(here, this.#best[below] ?? 0, 8);
    if (b && (!a || (this.#best[here + 1] ?? 0) > (this.#best[here] ?? 0)))
      this.#set(here, this.#best[here + 1] ?? 0, 1);
    if (!a || !b) return;
    const alike = similarity(a, b, this.#common[row * this.#after.length + column]);
    if (alike >= leastAlike(a)) this.#take(here, alike * (weightOf(a) + weightOf(b)), below + 1, 9);
    this.#cuts(row, column, a, b);
  }

  #cuts(row: number, column: number, a: TracedNode, b: TracedNode): void {
    if (!mayBeCut(a) || !mayBeCut(b)) return;
    const here = row * this.#width + column;
    for (let parts = 2; parts <= maxParts && this.#isPart(row, column + parts - 1, 'after'); parts += 1) {
      if (parts === 2 && !this.#isPart(row, column, 'after')) break;
      const value = groupScore(a, this.#after.slice(column, column + parts));
      if (value > 0) this.#take(here, value, here + this.#width + parts, 8 + parts);
    }
    for (let parts = 2; parts <= maxParts && this.#isPart(row + parts - 1, column, 'before'); parts += 1) {
      if (parts === 2 && !this.#isPart(row, column, 'before')) break;
      const value = groupScore(b, this.#before.slice(row, row + parts));
      if (value > 0) this.#take(here, value, here + this.#width * parts + 1, 8 * parts + 1);
    }
  }

  /** True when a block on one side comes for its greater part from the block on the other. */
  #isPart(row: number, column: number, side: 'before' | 'after'): boolean {
    const part = side === 'before' ? this.#before[row] : this.#after[column];
    return part !== undefined && mayBeCut(part) && this.#comesFrom(row, column, part);
  }

  #comesFrom(row: number, column: number, part: TracedNode): boolean {
    const { total } = bagOf(part);
    return total > 0 && (this.#common[row * this.#after.length + column] ?? 0) >= total * 0.6;
  }

  #take(here: number, gain: number, next: number, step: number): void {
    const value = gain + (this.#best[next] ?? 0);
    if (value > (this.#best[here] ?? 0)) this.#set(here, value, step);
  }

  #set(here: number, value: number, step: number): void {
    this.#best[here] = value;
    this.#step[here] = step;
  }
}

function readSteps(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  step: Uint8Array,
): BlockGroup[] {
  const groups: BlockGroup[] = [];
  const width = after.length + 1;
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const taken = step[row * width + column] ?? 0;
    const rows = taken >> 3;
    const columns = taken & 7;
    groups.push({ before: before.slice(row, row + rows), after: after.slice(column, column + columns) });
    row += rows;
    column += columns;
  }
  return removedFirst(groups);
}

/** Between two pairs, what was removed stands before what was added: a rewritten passage reads as old, then new. */
function removedFirst(groups: readonly BlockGroup[]): BlockGroup[] {
  const out: BlockGroup[] = [];
  let added: BlockGroup[] = [];
  for (const group of groups) {
    if (group.before.length === 0) added.push(group);
    else {
      if (group.after.length > 0) {
        out.push(...added);
        added = [];
      }
      out.push(group);
    }
  }
  return [...out, ...added];
}
