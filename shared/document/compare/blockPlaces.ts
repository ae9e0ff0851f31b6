import { isLeafName } from '../names.ts';
import type { TracedNode } from './TracedNode.ts';

/** How many positions a node takes, as ProseMirror counts them. */
function sizeOf(node: TracedNode): number {
  if (node.text !== null) return node.text.length;
  if (isLeafName(node.type)) return 1;
  return 2 + node.content.reduce((sum, child) => sum + sizeOf(child), 0);
}

/** The position before each block of a body, as ProseMirror counts them. */
export function blockPlaces(body: TracedNode): ReadonlyMap<TracedNode, number> {
  const places = new Map<TracedNode, number>();
  const walk = (parent: TracedNode, start: number): void => {
    let at = start;
    for (const child of parent.content) {
      if (child.text === null) {
        places.set(child, at);
        walk(child, at + 1);
      }
      at += sizeOf(child);
    }
  };
  walk(body, 0);
  return places;
}
