import { Fragment, type Node } from '@tiptap/pm/model';

/** For each node of the new document, the node that stands for it: an old one that is equal, or itself with such children. */
export type ReusedNodes = Map<Node, Node>;

function remember(used: ReusedNodes, next: Node, kept: Node): void {
  used.set(next, kept);
  // Equal nodes have equal children, in the same order.
  for (let at = 0; at < next.childCount; at += 1) remember(used, next.child(at), kept.child(at));
}

function reuseNode(before: Node, next: Node, used: ReusedNodes): Node {
  if (before.eq(next)) {
    remember(used, next, before);
    return before;
  }
  if (before.type !== next.type || next.isText) return next;
  const content = Fragment.from(reuseChildren(before, next, used));
  const kept = next.copy(content);
  used.set(next, kept);
  return kept;
}

/**
 * The children of a new version of a node, with the old nodes wherever they are equal. Compared from both ends; what lies
 * between is paired in order.
 */
export function reuseChildren(before: Node, next: Node, used: ReusedNodes): Node[] {
  const kept = [...next.children];
  const most = Math.min(before.childCount, next.childCount);
  let start = 0;
  while (start < most && before.child(start).eq(next.child(start))) start += 1;
  let end = 0;
  while (
    end < most - start &&
    before.child(before.childCount - 1 - end).eq(next.child(next.childCount - 1 - end))
  )
    end += 1;
  for (let at = 0; at < start; at += 1) kept[at] = reuseNode(before.child(at), next.child(at), used);
  for (let at = 1; at <= end; at += 1) {
    const from = before.child(before.childCount - at);
    kept[next.childCount - at] = reuseNode(from, next.child(next.childCount - at), used);
  }
  const paired = Math.min(before.childCount, next.childCount) - end;
  for (let at = start; at < paired; at += 1) kept[at] = reuseNode(before.child(at), next.child(at), used);
  return kept;
}

/** Where two lists of children differ: `from` and the ends in each, as places in the content. Null when they are the same nodes. */
export function changedRange(
  before: Node,
  kept: readonly Node[],
): { from: number; toBefore: number; middle: Node[] } | null {
  const most = Math.min(before.childCount, kept.length);
  let start = 0;
  let from = 0;
  while (start < most && before.child(start) === kept[start]) {
    from += before.child(start).nodeSize;
    start += 1;
  }
  let end = 0;
  let toBefore = before.content.size;
  while (end < most - start && before.child(before.childCount - 1 - end) === kept[kept.length - 1 - end]) {
    toBefore -= before.child(before.childCount - 1 - end).nodeSize;
    end += 1;
  }
  if (start === before.childCount && start === kept.length) return null;
  return { from, toBefore, middle: kept.slice(start, kept.length - end) };
}
