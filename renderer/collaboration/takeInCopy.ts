import * as Y from 'yjs';
import type { NumberedUpdate } from './joinUpdates.ts';
import type { OfflineStore, StoredDocument } from './OfflineStore.ts';
import type { SaveLedger } from './SaveLedger.ts';

/**
 * Puts this device's copy into a document that was just made, and counts what the home has not acknowledged.
 * @returns the rows that are not acknowledged, each a local change of its own.
 */
export function takeInCopy(
  { updates }: StoredDocument,
  doc: Y.Doc,
  ledger: SaveLedger,
  store: OfflineStore,
): (NumberedUpdate & { readonly key: number })[] {
  // One transaction, before anything listens: what was here already is neither a local change nor a remote one.
  doc.transact(() => {
    for (const row of updates) Y.applyUpdate(doc, row.update, store);
  }, store);
  const unacknowledged = updates
    .filter((row) => !row.acknowledged)
    .map(({ acknowledged: _, ...row }) => ({ ...row, through: ledger.change() }));
  ledger.storedHere(ledger.made);
  return unacknowledged;
}
