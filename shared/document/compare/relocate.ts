import { isTextBlock, isLeaf } from './blockFamilies.ts';
import { commonMatrix } from './commonMatrix.ts';
import type { Plan } from './Plan.ts';
import { bagOf, similarity } from './similarity.ts';
import type { TracedNode } from './TracedNode.ts';

/** Where a block that an alignment left over really came from. */
export interface Relocation {
  readonly before: TracedNode;
  /** True when it only got another shape where it was (a paragraph made a list item), false when it moved. */
  readonly inPlace: boolean;
}

export interface Relocations {
  /** By the block at the later moment. */
  readonly to: ReadonlyMap<TracedNode, Relocation>;
  /** Blocks of the earlier moment that are shown at their new place. */
  readonly gone: ReadonlySet<TracedNode>;
}

interface Candidate {
  readonly node: TracedNode;
  readonly gap: object;
}

/** As much alike as this, and as heavy, a block that is gone here and new there has moved. */
const leastAlike = 0.8;
const leastWeight = 3;
/** More candidates than this are not compared with each other. */
const maxCandidates = 2_000;

/** Finds the blocks that an alignment in order cannot pair: moved past others, indented, put in a list or a quote. */
export function relocate(plans: readonly Plan[]): Relocations {
  const removed: Candidate[] = [];
  const added: Candidate[] = [];
  collect(plans, removed, added);
  const to = new Map<TracedNode, Relocation>();
  const gone = new Set<TracedNode>();
  if (removed.length > maxCandidates || added.length > maxCandidates) return { to, gone };
  const pairs: { from: Candidate; into: Candidate; value: number }[] = [];
  const shared = commonMatrix(
    removed.map(({ node }) => bagOf(node)),
    added.map(({ node }) => bagOf(node)),
  );
  for (const [row, from] of removed.entries()) {
    const weight = bagOf(from.node).total;
    for (const [column, into] of added.entries()) {
      const known = shared[row * added.length + column] ?? 0;
      // Cheap refusal first: nearly all pairs have next to nothing in common.
      if (known < weight * 0.6) continue;
      const alike = similarity(from.node, into.node, known);
      const inPlace = from.gap === into.gap;
      if (alike >= leastAlike && (weight >= leastWeight || (inPlace && weight > 0))) {
        pairs.push({ from, into, value: alike * weight + (inPlace ? 1 : 0) });
      }
    }
  }
  pairs.sort((a, b) => b.value - a.value);
  const used = new Set<TracedNode>();
  for (const { from, into } of pairs) {
    if (used.has(from.node) || used.has(into.node)) continue;
    to.set(into.node, { before: from.node, inPlace: from.gap === into.gap });
    gone.add(from.node);
    // What a block holds goes with it.
    markAll(from.node, used);
    markAll(into.node, used);
    for (const other of [...removed, ...added]) {
      if (!used.has(other.node) && holds(other.node, used)) used.add(other.node);
    }
  }
  return { to, gone };
}

function collect(plans: readonly Plan[], removed: Candidate[], added: Candidate[]): void {
  for (const plan of plans) {
    if (plan.kind === 'container') collect(plan.children, removed, added);
    else if (plan.kind === 'removed') descend(plan.node, plan.gap, removed);
    else if (plan.kind === 'added') descend(plan.node, plan.gap, added);
  }
}

function descend(node: TracedNode, gap: object, out: Candidate[]): void {
  if (node.text !== null || isLeaf(node)) return;
  // A cell or a row is part of its table: its text may move, it does not.
  if (node.type !== 'tableCell' && node.type !== 'tableHeader' && node.type !== 'tableRow')
    out.push({ node, gap });
  if (!isTextBlock(node)) for (const child of node.content) descend(child, gap, out);
}

function markAll(node: TracedNode, used: Set<TracedNode>): void {
  used.add(node);
  for (const child of node.content) markAll(child, used);
}

function holds(node: TracedNode, used: ReadonlySet<TracedNode>): boolean {
  return node.content.some((child) => child.text === null && (used.has(child) || holds(child, used)));
}
