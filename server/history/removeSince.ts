import * as Y from 'yjs';
import { depthOf } from '../log/treeFault.ts';

/**
 * Deletes whatever was added to a document since it was in a state: elements, attributes and text of any field. What was deleted since is not brought back here.
 * @param known - the state, as client → clock.
 */
export function removeSince(doc: Y.Doc, known: ReadonlyMap<number, number>): void {
  doc.transact((transaction) => {
    const depths = new Map<Y.Item, number>();
    const added: Y.Item[] = [];
    for (const [client, structs] of doc.store.clients) {
      const from = known.get(client) ?? 0;
      for (const struct of structs) {
        if (!(struct instanceof Y.Item) || struct.deleted || struct.id.clock < from) continue;
        depthOf(struct, depths);
        added.push(struct);
      }
    }
    // From the deepest up: Yjs deletes what is inside first, by recursion, and a tree may be deeper than the stack.
    added.sort((one, other) => (depths.get(other) ?? 0) - (depths.get(one) ?? 0));
    for (const item of added) item.delete(transaction);
  });
}
