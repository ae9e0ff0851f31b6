import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { MemoryOfflineStore } from '../../../../renderer/collaboration/MemoryOfflineStore.ts';
import type { OfflineStore } from '../../../../renderer/collaboration/OfflineStore.ts';
import { takeInFormer } from '../../../../renderer/collaboration/takeInFormer.ts';

const note = 'n'.repeat(22) as DocumentId;
const other = 'o'.repeat(22) as DocumentId;
const epoch = 'e'.repeat(22) as Epoch;
const head = { epoch, seq: 4, complete: true };

/** Rows of one author: the first is known to the relay, the others are not. */
function rowsOf(...words: string[]) {
  const doc = new Y.Doc();
  const rows: { update: Uint8Array; acknowledged: boolean }[] = [];
  doc.on('update', (update) => rows.push({ update, acknowledged: rows.length === 0 }));
  for (const one of words) doc.getText('title').insert(doc.getText('title').length, one);
  return rows;
}
async function titleIn(store: OfflineStore, document: DocumentId): Promise<string> {
  const doc = new Y.Doc();
  for (const { update } of (await store.load(document))?.updates ?? []) Y.applyUpdate(doc, update);
  return doc.getText('title').toJSON();
}
const unsent = async (store: OfflineStore, document: DocumentId): Promise<number> =>
  ((await store.load(document))?.updates ?? []).filter(({ acknowledged }) => !acknowledged).length;

test('what a guest did not send is the account’s to send, with what it stands on, once', async () => {
  const [guest, account] = [new MemoryOfflineStore(), new MemoryOfflineStore()];
  await guest.append(note, rowsOf('Su', 'r', ' place'), head);
  await guest.append(other, rowsOf('Envoyé'), head);
  await takeInFormer(guest, account);
  expect(await titleIn(account, note)).toBe('Sur place');
  expect([await unsent(account, note), await unsent(guest, note)]).toEqual([2, 0]);
  expect((await account.load(note))?.head).toMatchObject(head);
  // What was sent is not on this device twice.
  expect(await account.documents()).toEqual([note]);
  await takeInFormer(guest, account);
  expect(await unsent(account, note)).toBe(2);
  await guest.keepLastWords(other, rowsOf('a', 'b').slice(1), epoch);
  await takeInFormer(guest, account);
  expect(await unsent(account, other)).toBe(1);
});

test('what belongs to a life of the document that is over is kept apart, and so is what was', async () => {
  const [guest, account] = [new MemoryOfflineStore(), new MemoryOfflineStore()];
  await guest.append(note, rowsOf('Su', 'r place'), head);
  await account.append(note, [], { ...head, epoch: 'f'.repeat(22) as Epoch });
  const copy = { id: 'r1', document: other, title: 'Titre', text: 'des mots', savedAt: 1 } as const;
  await guest.recover({ ...copy, reason: 'not_allowed', state: new Uint8Array([0, 0]) }, []);
  await takeInFormer(guest, account);
  const kept = await account.listRecovered();
  expect(kept.map(({ document, title, reason }) => [document, title, reason])).toEqual([
    [note, 'Sur place', 'epoch_changed'],
    [other, 'Titre', 'not_allowed'],
  ]);
  expect(await titleIn(account, note)).toBe('');
  expect([await guest.listRecovered(), await unsent(guest, note)]).toEqual([[], 0]);
});
