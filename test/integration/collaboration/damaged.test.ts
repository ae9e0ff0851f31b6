import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { titleOf } from '#shared/document/fields.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { grace, openWindow } from '../../support/openWindow.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const limits = { keepStateMs: 1, positionMs: 10, headMs: 1, unloadCheckpointRows: 1e6 };

let disk: { database: SqliteDatabase; close: () => Promise<void> };
let relay: TestRelay;
let document: DocumentId;
const open: DocumentSession[] = [];

beforeEach(async () => {
  disk = await newDatabase();
  relay = await newRelay({ log: new SqliteUpdateLog(disk.database), limits });
  document = await relay.newDocument();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await relay.close();
  await relay.log.close();
  await disk.close();
});

const newStore = () => new MemoryOfflineStore({ durable: true });
const openNote = (store: MemoryOfflineStore, options: Parameters<typeof openWindow>[3] = {}) => {
  const opened = openWindow(relay, document, store, options);
  open.push(opened.session);
  return opened;
};
const titleAt = ({ doc }: { doc: DocumentSession['doc'] }) => titleOf(doc).toJSON();
const isSaved = (session: DocumentSession) =>
  vi.waitFor(() => expect(session.saveState).toEqual({ kind: 'saved' }), { timeout: 30_000, interval: 5 });
const write = (session: DocumentSession, text: string) =>
  titleOf(session.doc).insert(titleOf(session.doc).length, text);
const isDamaged = (session: DocumentSession) =>
  vi.waitFor(() => expect(session.problem).toBe('document_damaged'), { timeout: 30_000, interval: 5 });

/** Somebody writes four words, a row each, and takes the first letter away in a fifth. @returns what this device keeps. */
async function fiveRows(): Promise<MemoryOfflineStore> {
  const store = newStore();
  const { session } = openNote(store);
  await isSaved(session);
  for (const word of ['xun ', 'deux ', 'trois ', 'quatre']) {
    write(session, word);
    await session.flush();
    await isSaved(session);
  }
  titleOf(session.doc).delete(0, 1);
  await isSaved(session);
  await vi.waitFor(async () => {
    await session.flush();
    expect((await store.load(document))?.head.seq).toBe(5);
  });
  await session.close();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  return store;
}

const flip = (seq: number, by: 1 | -1) =>
  disk.database.query(`UPDATE log_row SET time = time + ${by} WHERE seq = ${seq}`);
const copyOf = async (store: MemoryOfflineStore) => {
  const { session } = openWindow(relay, document, store);
  await session.whenLoaded;
  const title = titleAt(session);
  await session.close();
  return title;
};

test('who has the whole of a note that is damaged keeps it, and sees that the home takes nothing; a newcomer sees what is sound', async () => {
  const store = await fiveRows();
  await flip(3, 1);
  const onReplaced = vi.fn<() => void>();
  const a = openNote(store, { onReplaced });
  await isDamaged(a.session);
  expect(a.session.saveState).toEqual({ kind: 'offline', reason: 'damaged', pending: 'none' });
  expect(titleAt(a.session)).toBe('un deux trois quatre');
  expect(a.session.getSnapshot().doubt).toBeNull();
  const b = openNote(newStore(), { person: grace });
  await isSaved(b.session);
  expect(titleAt(b.session)).toBe('un deux ');
  expect(b.session.getSnapshot().doubt).toBeNull();
  await a.session.close();
  expect(onReplaced).not.toHaveBeenCalled();
  expect(await store.listRecovered(document)).toEqual([]);
  expect(await copyOf(store)).toBe('un deux trois quatre');
});

test('what was unsent is a recovered copy, and leaves the rest of this device’s copy whole', async () => {
  const store = await fiveRows();
  const first = openNote(store);
  await isSaved(first.session);
  first.session.noteNoNetwork();
  write(first.session, ' cinq');
  await first.session.close();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  await flip(3, 1);
  const onReplaced = vi.fn<() => void>();
  openNote(store, { onReplaced });
  await vi.waitFor(() => expect(onReplaced).toHaveBeenCalledTimes(1), { timeout: 30_000 });
  expect(await store.listRecovered(document)).toMatchObject([
    { title: 'un deux trois quatre cinq', reason: 'document_damaged' },
  ]);
  const again = openNote(store, { onReplaced });
  await isDamaged(again.session);
  expect(titleAt(again.session)).toBe('un deux trois quatre');
  expect(onReplaced).toHaveBeenCalledTimes(1);
});

test('a row that is damaged while people write: nothing acknowledged leaves their windows, and who comes then sees what is sound', async () => {
  const store = await fiveRows();
  const a = openNote(store);
  await isSaved(a.session);
  // The room lets go of the bytes, and reads them again for the newcomer.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await flip(3, 1);
  const b = openNote(newStore(), { person: grace });
  await vi.waitFor(() => expect(titleAt(b.session)).toBe('un deux '), { timeout: 30_000 });
  await isDamaged(a.session);
  expect(titleAt(a.session)).toBe('un deux trois quatre');
});

test.each([3, 5])(
  'when row %i is what it was again, a copy that was made meanwhile gets all of it: it was never said to be whole',
  async (row) => {
    await fiveRows();
    await flip(row, 1);
    const store = newStore();
    const b = openNote(store, { person: grace });
    await isSaved(b.session);
    await b.session.flush();
    expect((await store.load(document))?.head.seq).toBe(row - 1);
    expect(titleAt(b.session)).toBe(row === 3 ? 'un deux ' : 'xun deux trois quatre');
    await b.session.close();
    await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
    await flip(row, -1);
    await relay.documents.setReadOnly(document, null);
    const again = openNote(store, { person: grace });
    await isSaved(again.session);
    expect(titleAt(again.session)).toBe('un deux trois quatre');
    write(again.session, '!');
    await isSaved(again.session);
  },
);
