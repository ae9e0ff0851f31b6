import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import { mergeRows } from './mergeRows.ts';
import { newRecoveredCopy } from './newRecoveredCopy.ts';
import type { DamagedCopyError, OfflineStore, RecoveredCopy } from './OfflineStore.ts';

/**
 * Lets go of a copy on this device that is damaged, so that the document is fetched again; what was unsent is kept apart as far as it can be read.
 * @returns what was kept apart, if anything was unsent.
 */
export async function leaveDamagedCopy(
  store: OfflineStore,
  document: DocumentId,
  kind: DocumentKind,
  { sound, damaged }: DamagedCopyError,
): Promise<RecoveredCopy | null> {
  if ([...sound, ...damaged].every((row) => row.acknowledged)) {
    await store.forget(document);
    return null;
  }
  const doc = new Y.Doc();
  Y.applyUpdate(doc, mergeRows(sound.map((row) => row.update)));
  const copy = {
    ...newRecoveredCopy(doc, document, kind, 'local_copy_damaged'),
    damaged: damaged.map((row) => row.update),
  };
  await store.recover(copy, 'all');
  return copy;
}
