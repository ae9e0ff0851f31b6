import type * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import { newRecoveredCopy } from './newRecoveredCopy.ts';
import type { OfflineStore, RecoveredCopy } from './OfflineStore.ts';
import type { ProblemCode } from './problems.ts';
import type { SaveLedger } from './SaveLedger.ts';

/**
 * Takes what the home does not have out of a document's copy on this device, into a copy of its own. Whoever works in the document may go on typing while the disk takes its
 * time: it is made again until it has all of it.
 * @param rows - `all`: the whole copy goes. Otherwise those that do, by their keys.
 * @returns null where the home has everything.
 */
export async function keepApart(
  store: OfflineStore,
  from: { readonly doc: Y.Doc; readonly documentId: DocumentId; readonly kind: DocumentKind },
  ledger: SaveLedger,
  rows: 'all' | readonly number[],
  problem: ProblemCode,
): Promise<RecoveredCopy | null> {
  const { doc, documentId, kind } = from;
  let copy: RecoveredCopy | null = null;
  for (;;) {
    const { made } = ledger;
    const before: RecoveredCopy | null = copy;
    if (ledger.hasPending) {
      copy = newRecoveredCopy(doc, documentId, kind, problem);
      await store.recover(copy, rows);
      if (before !== null) await store.removeRecovered(before.id);
    } else if (rows === 'all') await store.forget(documentId);
    if (ledger.made === made) return copy;
  }
}
