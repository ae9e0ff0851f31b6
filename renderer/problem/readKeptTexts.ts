import * as Y from 'yjs';
import { extractText } from '#shared/document/extractText.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { fragmentToBody } from '#shared/document/noteContent.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { DamagedCopyError, type OfflineStore } from '../collaboration/OfflineStore.ts';
import { IndexedDbOfflineStore } from '../collaboration/IndexedDbOfflineStore.ts';

/** What this device has of a note. */
export interface KeptText {
  readonly id: DocumentId;
  readonly title: string;
  /** Without the title. */
  readonly text: string;
}

/** Of a damaged copy what is sound is read: nothing is written, and nothing is sent. */
async function readUpdates(store: OfflineStore, id: DocumentId): Promise<readonly Uint8Array[]> {
  try {
    return ((await store.load(id))?.updates ?? []).map(({ update }) => update);
  } catch (error) {
    if (error instanceof DamagedCopyError) return error.sound.map(({ update }) => update);
    return [];
  }
}

/** Reads the text of every note that a store has something of; a note of which nothing can be read is left out. */
export async function readTexts(store: OfflineStore): Promise<KeptText[]> {
  const texts: KeptText[] = [];
  for (const id of await store.documents()) {
    const doc = new Y.Doc();
    for (const update of await readUpdates(store, id)) {
      try {
        Y.applyUpdate(doc, update);
      } catch {
        // The others may say enough.
      }
    }
    const title = titleOf(doc).toJSON();
    const text = extractText(fragmentToBody(bodyOf(doc)));
    if (text !== '') texts.push({ id, title, text });
    doc.destroy();
  }
  return texts;
}

/** Reads the texts that this device keeps by itself, whatever the relay is doing. */
export async function readKeptTexts(): Promise<KeptText[]> {
  const texts: KeptText[] = [];
  for (const person of await IndexedDbOfflineStore.people()) {
    const store = await IndexedDbOfflineStore.open(person).catch(() => null);
    if (store === null) continue;
    texts.push(...(await readTexts(store)));
    await store.close();
  }
  return texts;
}
