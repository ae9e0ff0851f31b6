import * as Y from 'yjs';

/** How deep shared types lie inside one another in a document: 1 for a paragraph of the body. */
export function treeDepth(doc: Y.Doc): number {
  const depths = new Map<Y.Item, number>();
  let deepest = 0;
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentType))
        continue;
      deepest = Math.max(deepest, depthOf(struct, depths));
    }
  }
  return deepest;
}

/** Walks up to an item whose depth is known, then down again: no recursion, however deep the tree. */
function depthOf(item: Y.Item, depths: Map<Y.Item, number>): number {
  const path: Y.Item[] = [];
  let above: Y.Item | null = item;
  while (above !== null && !depths.has(above)) {
    path.push(above);
    above = above.parent instanceof Y.AbstractType ? above.parent._item : null;
  }
  let depth = above === null ? 0 : (depths.get(above) ?? 0);
  for (const one of path.toReversed()) depths.set(one, ++depth);
  return depth;
}
