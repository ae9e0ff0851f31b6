import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import { mergeRows } from './mergeRows.ts';
import { newRecoveredCopy } from './newRecoveredCopy.ts';
import type { DamagedCopyError, OfflineStore, RecoveredCopy, StoredUpdate } from './OfflineStore.ts';

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
  const read = newRecoveredCopy(doc, document, kind, 'local_copy_damaged');
  const loose = looseWords(doc, sound);
  const copy = {
    ...read,
    text: [read.text, loose].filter((part) => part !== '').join('\n'),
    damaged: damaged.map((row) => row.update),
  };
  await store.recover(copy, 'all');
  return copy;
}

/** Words of unsent rows that stand on a row that is lost: no text holds them, and they are as precious. */
function looseWords(doc: Y.Doc, rows: readonly StoredUpdate[]): string {
  let words = '';
  for (const { update } of rows.filter(({ acknowledged }) => !acknowledged))
    for (const struct of Y.decodeUpdate(update).structs)
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
        const { client, clock } = struct.id;
        words += struct.content.str.slice(Math.max(0, Y.getState(doc.store, client) - clock));
      }
  return words.trim();
}
