import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';

function replaceInLine(transaction: Transaction, before: Node, next: Node, at: number): void {
  const start = before.content.findDiffStart(next.content);
  const end = before.content.findDiffEnd(next.content);
  if (start === null || !end) return;
  // Of equal neighbouring letters both searches may count the same one.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  transaction.replace(at + start, at + end.a + overlap, next.slice(start, end.b + overlap));
}

/** True when the one can become the other by changes inside it. */
function isPair(before: Node, next: Node): boolean {
  return before === next || (!before.isLeaf && !before.isText && before.sameMarkup(next));
}

/**
 * Adds to a transaction what makes a node's content that of another: letters where letters changed, blocks where blocks did.
 * ProseMirror then redraws nothing else, the carets of others and a composition under way elsewhere stay, and the browser
 * can keep the lines where they are on the screen (scroll anchoring follows elements).
 * @param before - a node of the transaction's document, untouched by it so far; its content begins at `at`.
 */
export function replaceDifference(transaction: Transaction, before: Node, next: Node, at: number): void {
  if (before.inlineContent && next.inlineContent) {
    replaceInLine(transaction, before, next, at);
    return;
  }
  const shorter = Math.min(before.childCount, next.childCount);
  let start = 0;
  let from = at;
  while (start < shorter && before.child(start).eq(next.child(start))) {
    from += before.child(start).nodeSize;
    start += 1;
  }
  let end = 0;
  let to = at + before.content.size;
  const isSameFromEnd = (): boolean =>
    before.child(before.childCount - 1 - end).eq(next.child(next.childCount - 1 - end));
  while (end < shorter - start && isSameFromEnd()) {
    to -= before.child(before.childCount - 1 - end).nodeSize;
    end += 1;
  }
  const inside = before.children.slice(start, before.childCount - end);
  const wanted = next.children.slice(start, next.childCount - end);
  const isPaired =
    inside.length === wanted.length &&
    inside.every((node, index) => wanted[index] !== undefined && isPair(node, wanted[index]));
  if (!isPaired) {
    if (inside.length > 0 || wanted.length > 0) transaction.replaceWith(from, to, wanted);
    return;
  }
  // From the end, so that the places before stay what they were.
  for (let index = inside.length - 1; index >= 0; index -= 1) {
    const [node, other] = [inside[index], wanted[index]];
    if (!node || !other) continue;
    to -= node.nodeSize;
    if (node !== other) replaceDifference(transaction, node, other, to + 1);
  }
}
