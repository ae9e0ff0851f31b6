import { isTextBlock } from './blockFamilies.ts';
import { bagOf, common, leastAlike, similarity, union } from './similarity.ts';
import { signature, type TracedNode } from './TracedNode.ts';

/** Neighbouring blocks taken together: one to one, a block split in several, several joined in one, or only on one side. */
export interface BlockGroup {
  readonly before: readonly TracedNode[];
  readonly after: readonly TracedNode[];
}

/** Splits and joins of up to this many blocks are recognised. */
const maxParts = 4;
/** Beyond this many cells only pairs near the diagonal are looked at. */
const maxCells = 90_000;

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
  if (!mayBeCut(whole) || !parts.every(mayBeCut)) return 0;
  const wholeBag = bagOf(whole);
  const bags = parts.map(bagOf);
  // Each part must come for its greater half from the whole.
  if (bags.some((bag) => bag.total === 0 || common(bag, wholeBag) < bag.total * 0.6)) return 0;
  const together = union(bags);
  const shared = common(together, wholeBag);
  const total = together.total + wholeBag.total;
  // Cuts are rarer than edits: what is gained must be worth it.
  return (2 * shared) / total < 0.6 ? 0 : 2 * shared - 2 - total * 0.04;
}

function alignMiddle(before: readonly TracedNode[], after: readonly TracedNode[]): BlockGroup[] {
  const rows = before.length;
  const columns = after.length;
  if (rows === 0 && columns === 0) return [];
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  // How many blocks the best step takes on each side, as before * 8 + after.
  const step = new Uint8Array((rows + 1) * width);
  const band = rows * columns > maxCells ? Math.ceil(maxCells / Math.max(rows, 1) / 2) : columns + rows;
  const score = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const centre = Math.round((row * columns) / rows);
    for (let column = Math.max(0, centre - band); column < Math.min(columns, centre + band); column += 1) {
      const a = before[row] as TracedNode;
      const b = after[column] as TracedNode;
      const alike = similarity(a, b);
      if (alike >= leastAlike(a)) score[row * columns + column] = alike * (weightOf(a) + weightOf(b));
    }
  }
  const take = (here: number, value: number, steps: number): void => {
    if (value > (best[here] ?? 0)) {
      best[here] = value;
      step[here] = steps;
    }
  };
  for (let row = rows; row >= 0; row -= 1) {
    for (let column = columns; column >= 0; column -= 1) {
      const here = row * width + column;
      if (row < rows) {
        best[here] = best[here + width] ?? 0;
        step[here] = 8;
      }
      if (column < columns && (row === rows || (best[here + 1] ?? 0) > (best[here] ?? 0))) {
        best[here] = best[here + 1] ?? 0;
        step[here] = 1;
      }
      if (row === rows || column === columns) continue;
      const own = score[row * columns + column] ?? 0;
      if (own > 0) take(here, own + (best[here + width + 1] ?? 0), 9);
      for (let parts = 2; parts <= maxParts; parts += 1) {
        if (column + parts <= columns && touches(before[row], after[column + parts - 1])) {
          const value = groupScore(before[row] as TracedNode, after.slice(column, column + parts));
          if (value > 0) take(here, value + (best[here + width + parts] ?? 0), 8 + parts);
        }
        if (row + parts <= rows && touches(after[column], before[row + parts - 1])) {
          const value = groupScore(after[column] as TracedNode, before.slice(row, row + parts));
          if (value > 0) take(here, value + (best[here + width * parts + 1] ?? 0), 8 * parts + 1);
        }
      }
    }
  }
  return readSteps(before, after, step);
}

/** Cheap refusal before a group is weighed: its last part has hardly anything of the whole. */
function touches(whole: TracedNode | undefined, part: TracedNode | undefined): boolean {
  if (!whole || !part || !mayBeCut(whole) || !mayBeCut(part)) return false;
  const bag = bagOf(part);
  return bag.total > 0 && common(bag, bagOf(whole)) >= bag.total * 0.6;
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
