import * as Y from 'yjs';
import { parseUpdate } from '../room/update/parseUpdate.ts';
import { treeFault, type TreeFault, type TreeLimits } from './treeFault.ts';

const noLimits = { maxStringBytes: Infinity };

/** A document's state, collected: what a newcomer needs and nothing that was deleted. */
export interface Collected {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stateVector: Uint8Array<ArrayBuffer>;
  readonly deleteSetAt: number;
  /** What is wrong with it, that needs a person's eye; null: nothing. */
  readonly fault: TreeFault | null;
}

/** Puts updates into a document in one transaction; one by one would cost an observer call and a cleanup for each. */
export function docFrom(updates: readonly Uint8Array[], gc: boolean): Y.Doc {
  const doc = new Y.Doc({ gc });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}

/** @param updates - the previous checkpoint, then the rows after it. */
export async function collect(updates: readonly Uint8Array[], limits: TreeLimits): Promise<Collected> {
  const doc = docFrom(updates, true);
  const treeIs = await treeFault(doc, limits);
  leaveOutWaiting(doc);
  const bytes = own(Y.encodeStateAsUpdate(doc));
  const stateVector = own(Y.encodeStateVector(doc));
  const fault = treeIs ?? (bytes.length > limits.maxDocumentBytes ? 'too_large' : null);
  doc.destroy();
  const { deleteSetAt } = parseUpdate(bytes, noLimits);
  return { bytes, stateVector, deleteSetAt, fault };
}

/**
 * How many of these updates, from the first, make a sound document, when all of them do not: the last good state ends there.
 * @param updates - as for `collect`.
 * @returns 0 when not even the first does.
 */
export async function soundPrefix(updates: readonly Uint8Array[], limits: TreeLimits): Promise<number> {
  let good = 0;
  let bad = updates.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const { fault } = await collect(updates.slice(0, middle), limits);
    if (fault === null) good = middle;
    else bad = middle;
  }
  return good;
}

/** The collected state that some of a document's updates give: what builds on others that are not there is left out, and so is what cannot be read. */
export function soundState(updates: readonly Uint8Array[]): Omit<Collected, 'fault'> {
  const doc = docFrom(updates.filter(isReadable), true);
  leaveOutWaiting(doc);
  const bytes = own(Y.encodeStateAsUpdate(doc));
  const stateVector = own(Y.encodeStateVector(doc));
  doc.destroy();
  return { bytes, stateVector, deleteSetAt: parseUpdate(bytes, noLimits).deleteSetAt };
}

/** Yjs would write what waits for what is not there beside the state, as an update with a hole. */
function leaveOutWaiting(doc: Y.Doc): void {
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
}

function isReadable(update: Uint8Array): boolean {
  try {
    parseUpdate(update, noLimits);
    return true;
  } catch {
    return false;
  }
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
