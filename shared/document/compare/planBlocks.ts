import { alignBlocks } from './alignBlocks.ts';
import { isTextBlock } from './blockFamilies.ts';
import type { Plan } from './Plan.ts';
import { planTable } from './planTable.ts';
import { signature, type TracedNode } from './TracedNode.ts';

/** The only text of a cell or an item stays its text, whatever it says now. */
function onlyTexts(before: readonly TracedNode[], after: readonly TracedNode[]): boolean {
  const [a] = before;
  const [b] = after;
  return (
    before.length === 1 &&
    after.length === 1 &&
    a !== undefined &&
    b !== undefined &&
    a.type === b.type &&
    isTextBlock(a)
  );
}

/** Pairs the children of two blocks (or of two notes). */
export function planChildren(before: readonly TracedNode[], after: readonly TracedNode[]): Plan[] {
  let gap = {};
  return alignBlocks(before, after).map((group): Plan => {
    const [a] = group.before;
    const [b] = group.after;
    if (a && !b) return { kind: 'removed', node: a, gap };
    if (b && !a) return { kind: 'added', node: b, gap };
    gap = {};
    if (!a || !b) throw new Error('an empty group');
    if (group.before.length > 1 || group.after.length > 1)
      return { kind: 'text', before: group.before, after: group.after };
    return planPair(a, b);
  });
}

/** Compares two blocks of one family. */
export function planPair(before: TracedNode, after: TracedNode): Plan {
  if (signature(before) === signature(after)) return { kind: 'same', before, after };
  if (isTextBlock(before) && isTextBlock(after)) return { kind: 'text', before: [before], after: [after] };
  if (before.type === 'table' && after.type === 'table') {
    return { kind: 'container', before, after, children: planTable(before, after, planPair) };
  }
  if (onlyTexts(before.content, after.content)) {
    return {
      kind: 'container',
      before,
      after,
      children: [{ kind: 'text', before: before.content, after: after.content }],
    };
  }
  return { kind: 'container', before, after, children: planChildren(before.content, after.content) };
}
