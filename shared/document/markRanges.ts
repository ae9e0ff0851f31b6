import { isLeafName } from './names.ts';
import type { BodyMark, BodyNode } from './noteContent.ts';

/** A stretch of a body, by positions as ProseMirror counts them, and the mark that its text gets. */
export interface MarkedRange {
  readonly from: number;
  /** Excluded. */
  readonly to: number;
  readonly mark: BodyMark;
}

/**
 * Puts marks on stretches of a body, for showing: what is not text bears none. Nodes in which nothing is marked are the same objects as before.
 * @param ranges - in reading order, none over another.
 */
export function markRanges(body: BodyNode, ranges: readonly MarkedRange[]): BodyNode {
  let next = 0;
  /** @param at - the position before the node. @returns the nodes that stand for it, and the position after it. */
  const visit = (
    node: BodyNode,
    at: number,
  ): { readonly nodes: readonly BodyNode[]; readonly after: number } => {
    if (node.text !== undefined) return { nodes: cut(node, node.text, at), after: at + node.text.length };
    if (isLeafName(node.type)) return { nodes: [node], after: at + 1 };
    const { content, after } = children(node, at + 1);
    return { nodes: [content === node.content ? node : { ...node, content }], after: after + 1 };
  };
  const children = (node: BodyNode, start: number) => {
    let at = start;
    let isSame = true;
    const content: BodyNode[] = [];
    for (const child of node.content ?? []) {
      const { nodes, after } = visit(child, at);
      if (nodes.length !== 1 || nodes[0] !== child) isSame = false;
      content.push(...nodes);
      at = after;
    }
    return { content: isSame ? node.content : content, after: at };
  };
  const cut = (node: BodyNode, text: string, at: number): BodyNode[] => {
    const end = at + text.length;
    while (next < ranges.length && (ranges[next]?.to ?? 0) <= at) next += 1;
    const parts: BodyNode[] = [];
    let done = at;
    for (let one = next; one < ranges.length; one += 1) {
      const range = ranges[one];
      if (range === undefined || range.from >= end) break;
      const [from, to] = [Math.max(range.from, at), Math.min(range.to, end)];
      if (from >= to) continue;
      if (from > done) parts.push({ ...node, text: text.slice(done - at, from - at) });
      const marked = { ...node, text: text.slice(from - at, to - at) };
      parts.push({ ...marked, marks: [...(node.marks ?? []), range.mark] });
      done = to;
    }
    if (parts.length === 0) return [node];
    if (done < end) parts.push({ ...node, text: text.slice(done - at) });
    return parts;
  };
  const { content } = children(body, 0);
  return content === body.content || content === undefined ? body : { ...body, content };
}

/** How many positions a node takes. */
export function positionsOf(node: BodyNode): number {
  if (node.text !== undefined) return node.text.length;
  if (isLeafName(node.type)) return 1;
  return 2 + (node.content ?? []).reduce((sum, child) => sum + positionsOf(child), 0);
}
