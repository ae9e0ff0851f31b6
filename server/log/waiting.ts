import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { writeDeleteSet } from '../room/update/trimUpdate.ts';

/**
 * The update that ends all waiting in a document: where structs, or deletions, wait for what is not there, it puts structs that hold nothing, deleted, under the same client ids and
 * clocks. Whoever takes it in has nothing waiting any more, and the tree as it was; what waited can never be shown again.
 * @param doc - built from every row; it is left as it is.
 * @returns null when nothing waits.
 */
export function endOfWaiting(doc: Y.Doc): Uint8Array | null {
  const { pendingStructs, pendingDs } = doc.store;
  const ends = new Map<number, number>();
  const reach = (client: number, end: number): void => {
    if (end > Math.max(Y.getState(doc.store, client), ends.get(client) ?? 0)) ends.set(client, end);
  };
  // Yjs keeps both in its second encoding.
  for (const waiting of [pendingStructs?.update ?? null, pendingDs]) {
    if (waiting === null) continue;
    const { structs, ds } = Y.decodeUpdateV2(waiting);
    for (const { id, length } of structs) reach(id.client, id.clock + length);
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) reach(client, clock + len);
  }
  if (ends.size === 0) return null;
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, ends.size);
    const deletes: number[] = [];
    for (const [client, end] of ends) {
      const from = Y.getState(doc.store, client);
      deletes.push(client, from, end);
      // One struct, from this clock: a collected one (0) of this length.
      for (const number of [1, client, from, 0, end - from]) encoding.writeVarUint(encoder, number);
    }
    writeDeleteSet(encoder, deletes);
  });
}
