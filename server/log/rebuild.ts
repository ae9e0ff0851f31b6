import * as Y from 'yjs';
import { parseUpdate } from '../room/update/parseUpdate.ts';
import { treeDepth } from './treeDepth.ts';

/** A document's state, collected: what a newcomer needs and nothing that was deleted. */
export interface Collected {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stateVector: Uint8Array<ArrayBuffer>;
  readonly deleteSetAt: number;
  /** False when some of it refers to what is not there, or it is nested too deep: such a document needs a person's eye. */
  readonly sound: boolean;
}

/** Shared types inside one another. @see threat-model, section 6 */
const maxDepth = 64;

/** Puts updates into a document in one transaction; one by one would cost an observer call and a cleanup for each. */
export function docFrom(updates: readonly Uint8Array[], gc: boolean): Y.Doc {
  const doc = new Y.Doc({ gc });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}

/** @param updates - the previous checkpoint, then the rows after it. */
export function collect(updates: readonly Uint8Array[]): Collected {
  const doc = docFrom(updates, true);
  const bytes = own(Y.encodeStateAsUpdate(doc));
  const stateVector = own(Y.encodeStateVector(doc));
  const complete = doc.store.pendingStructs === null && doc.store.pendingDs === null;
  const sound = complete && treeDepth(doc) <= maxDepth;
  doc.destroy();
  return {
    bytes,
    stateVector,
    deleteSetAt: parseUpdate(bytes, { maxStringBytes: Infinity }).deleteSetAt,
    sound,
  };
}

/** The state with all deleted text, for looking back. @param updates - every row from the first. */
export function uncollected(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const doc = docFrom(updates, false);
  const bytes = own(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return bytes;
}

/** In a buffer of its own, which can be moved to another thread. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
