import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { collectionFields } from '#shared/document/fields.ts';
import { newRecoveredCopy } from './newRecoveredCopy.ts';
import {
  DamagedCopyError,
  EpochConflictError,
  type OfflineStore,
  type StoredDocument,
} from './OfflineStore.ts';

/**
 * Takes what a guest did not send yet, and what was kept apart of theirs, to the person whom they became: words leave under the account. Done again, it takes what came since; nothing is lost where it ends
 * half-way.
 * @param from - of the guest: what was taken counts as sent there.
 * @param into - of the person.
 */
export async function takeInFormer(from: OfflineStore, into: OfflineStore): Promise<void> {
  for (const document of await from.documents()) {
    const kept = await soundCopy(from, document);
    const unsent = kept?.updates.filter(({ acknowledged }) => !acknowledged) ?? [];
    if (kept === null || unsent.length === 0) continue;
    // The whole copy: what was not sent stands on what was.
    const rows = kept.updates.map(({ key: _, ...row }) => row);
    try {
      await into.append(document, rows, kept.head);
    } catch (error) {
      if (!(error instanceof EpochConflictError)) throw error;
      await keepApart(into, document, kept);
    }
    await from.acknowledge(
      document,
      unsent.map(({ key }) => key),
    );
  }
  for (const copy of await from.listRecovered()) {
    await into.recover(copy, []);
    await from.removeRecovered(copy.id);
  }
}

/** Null for what is damaged: it stays where it is. */
async function soundCopy(store: OfflineStore, document: DocumentId): Promise<StoredDocument | null> {
  try {
    return await store.load(document);
  } catch (error) {
    if (error instanceof DamagedCopyError) return null;
    throw error;
  }
}

/** It belongs to a life of the document that is over. */
async function keepApart(into: OfflineStore, document: DocumentId, kept: StoredDocument): Promise<void> {
  const doc = new Y.Doc();
  for (const { update } of kept.updates) Y.applyUpdate(doc, update);
  const kind = doc.share.has(collectionFields.entries) ? 'carnet' : 'note';
  await into.recover(newRecoveredCopy(doc, document, kind, 'epoch_changed'), []);
  doc.destroy();
}
