import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { titleOf } from '#shared/document/fields.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { DocumentHead } from '#server/storage/ports/UpdateLog.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { maxWaitingRows } from '../../../renderer/collaboration/LocalChanges.ts';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { ada, grace, openWindow } from '../../support/openWindow.ts';
import { newRandom } from '../../support/random.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const limits = { positionMs: 20, updateBurst: 5_000, checkpointRows: 50, keepStateMs: 1 };

let log: MemoryUpdateLog;
let relay: TestRelay;
let document: DocumentId;
const open: DocumentSession[] = [];

beforeEach(async () => {
  log = new MemoryUpdateLog();
  relay = await newRelay({ log, limits });
  document = await relay.newDocument();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await relay.close();
});

const openNote = (
  store: MemoryOfflineStore,
  options: Parameters<typeof openWindow>[3] = {},
): ReturnType<typeof openWindow> => {
  const opened = openWindow(relay, document, store, { person: ada, ...options });
  open.push(opened.session);
  return opened;
};

const newStore = () => new MemoryOfflineStore({ durable: true });
const titleAt = (session: { doc: Y.Doc }) => titleOf(session.doc).toJSON();
const write = (session: { doc: Y.Doc }, text: string) =>
  titleOf(session.doc).insert(titleOf(session.doc).length, text);
const isSaved = (session: DocumentSession) =>
  vi.waitFor(() => expect(session.saveState).toEqual({ kind: 'saved' }), { timeout: 30_000, interval: 5 });
const storedSeq = async (store: MemoryOfflineStore) => (await store.load(document))?.head.seq ?? 0;

/** Rows that insert two letters and delete one, `turns` times each: as many ranges in the delete set. */
async function live(rows: number, turns = 1): Promise<void> {
  for (let row = 0; row < rows; row++) {
    await relay.documents.change(document, { person: ada.id, operation: 'test' }, (doc) => {
      const title = titleOf(doc);
      for (let turn = 0; turn < turns; turn++) {
        title.insert(title.length, 'xy');
        title.delete(title.length - 1, 1);
      }
    });
  }
}

test('[R16] coming back when nothing was missed costs the relay under 2 kB, and the client sends no step 2', async () => {
  await live(5, 2_000);
  const store = newStore();
  const first = openNote(store);
  await isSaved(first.session);
  await first.session.close();
  expect(first.traffic.last.received).toBeGreaterThan(20_000);
  const { session, traffic } = openNote(store);
  await isSaved(session);
  expect(traffic.last.received).toBeLessThan(2_000);
  expect(traffic.writes).toEqual([]);
  expect(titleAt(session)).toBe('x'.repeat(10_000));
});

test('unsent edits are sent by a resume, stored once and acknowledged, also after the window was closed', async () => {
  const [here, there] = [newStore(), newStore()];
  const a = openNote(here);
  const b = openNote(there, { person: grace });
  await Promise.all([isSaved(a.session), isSaved(b.session)]);
  write(b.session, 'commun');
  await isSaved(b.session);
  await vi.waitFor(() => expect(titleAt(a.session)).toBe('commun'));
  a.session.noteNoNetwork();
  write(a.session, ' un');
  write(b.session, ' ailleurs');
  await isSaved(b.session);
  await isSaved(a.session);
  expect(a.traffic.writes).toEqual(['batch']);
  await vi.waitFor(() => expect(titleAt(b.session)).toBe(titleAt(a.session)));

  a.session.noteNoNetwork();
  write(a.session, ' deux');
  await a.session.close();
  const before = (await log.head(document))?.seq ?? 0;
  const again = openNote(here);
  await isSaved(again.session);
  expect(again.traffic.writes).toEqual(['batch']);
  expect((await log.head(document))?.seq).toBe(before + 1);
  await again.session.flush();
  expect((await here.load(document))?.updates.every((row) => row.acknowledged)).toBe(true);
  await vi.waitFor(() => expect(titleAt(b.session)).toBe(titleAt(again.session)));
  expect(titleAt(b.session)).toContain(' deux');
});

/** Writes words without the relay, with a pause after each. @returns when each was made, at the earliest and the latest. */
async function writeWords(session: DocumentSession, words: readonly string[]): Promise<[number, number][]> {
  const times: [number, number][] = [];
  for (const word of words) {
    const begun = Date.now();
    write(session, word);
    times.push([begun, Date.now()]);
    await session.flush();
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  return times;
}

test.each([
  ['the same window', false, 'resumed', ['batch']],
  ['a window that was closed and opened again', true, 'resumed', ['batch']],
  ['a window that the relay asks for everything', true, 'asked', ['batch', 'step2']],
] as const)(
  '[R85] what was written without the relay is a row for each burst, with its time on the device, from %s',
  async (_, isClosed, how, writes) => {
    const store = newStore();
    let { session, traffic } = openNote(store);
    await isSaved(session);
    write(session, 'avant ');
    await isSaved(session);
    const before = (await log.head(document))?.seq ?? 0;
    const words = ['un ', 'deux ', 'trois ', 'quatre '];
    session.noteNoNetwork();
    const times = await writeWords(session, words);
    if (isClosed) {
      await session.close();
      // More was written meanwhile than a resume goes over.
      if (how === 'asked') await live(1_001);
      ({ session, traffic } = openNote(store));
    }
    await isSaved(session);
    expect(traffic.writes).toEqual(writes);
    const rows = (await log.read(document, before)).filter((row) => row.via === 'socket');
    expect(rows.length).toBe(words.length);
    for (const [at, { deviceTime, bytes }] of rows.entries()) {
      const [from, to] = times[at] ?? [0, 0];
      expect(deviceTime).toBeGreaterThanOrEqual(from);
      expect(deviceTime).toBeLessThanOrEqual(to);
      const said = Y.decodeUpdate(bytes).structs.map((one) => (one instanceof Y.Item ? one.content : null));
      expect(said).toEqual([new Y.ContentString(words[at] ?? '')]);
    }
    const last = (await log.head(document))?.seq ?? 0;
    write(session, 'après');
    await isSaved(session);
    expect(traffic.writes).toEqual([...writes, 'update']);
    expect((await log.read(document, last)).map((row) => row.deviceTime)).toEqual([null]);
  },
);

test('[R51] a long backlog is joined to as many rows as the relay takes at once, and comes whole', async () => {
  const store = newStore();
  await store.append(document, [], {
    epoch: (await log.head(document))?.epoch ?? null,
    seq: 0,
    complete: true,
  });
  const doc = new Y.Doc();
  const rows: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => rows.push(update));
  const count = 2 * maxWaitingRows + 1;
  for (let at = 0; at < count; at++) titleOf(doc).insert(at, 'a');
  const waiting = rows.map((update, at) => ({ update, acknowledged: false, madeAt: at + 1 }));
  await store.append(document, waiting, { epoch: null, seq: 0, complete: true });
  const { session, traffic } = openNote(store);
  await isSaved(session);
  expect(new Set(traffic.writes)).toEqual(new Set(['batch']));
  const stored = await log.read(document, 0);
  expect(stored.length).toBe(Math.ceil(count / 3));
  expect(stored.slice(0, 2).map((row) => row.deviceTime)).toEqual([3, 6]);
  expect(titleAt(session).length).toBe(count);
  expect(titleOf((await relay.documents.read(document))?.doc ?? new Y.Doc()).length).toBe(count);
});

test('what was sent and not acknowledged when the link was lost is sent again', async () => {
  const store = newStore();
  const { session, traffic } = openNote(store);
  await isSaved(session);
  const released = Promise.withResolvers<void>();
  const append = log.append.bind(log);
  log.append = async (...args) => {
    await released.promise;
    return append(...args);
  };
  write(session, 'en route');
  await retryUntil('the frame to leave', () => traffic.writes.includes('update'));
  session.noteNoNetwork();
  released.resolve();
  await isSaved(session);
  expect(traffic.sockets).toHaveLength(2);
  expect(traffic.writes).toEqual(['batch']);
  expect((await log.head(document))?.seq).toBe(1);
});

test('rows missed since, also those of a checkpoint, arrive by a resume', async () => {
  await live(60);
  await retryUntil('a checkpoint', async () => (await log.checkpoint(document)) !== null);
  const store = newStore();
  const first = openNote(store);
  await isSaved(first.session);
  await first.session.close();
  // Somebody keeps the room open, so that a checkpoint is made by the number of rows.
  await isSaved(openNote(newStore(), { person: grace }).session);
  await live(70);
  await retryUntil('another', async () => ((await log.checkpoint(document))?.seq ?? 0) > 65);
  const { session, traffic } = openNote(store);
  await isSaved(session);
  expect(traffic.writes).toEqual([]);
  expect(titleAt(session)).toBe('x'.repeat(130));
});

test('a reader who missed rows gets the collected state, and keeps nothing that was deleted meanwhile', async () => {
  relay.roles.set(`${grace.id}/${document}`, 'reader');
  await live(5);
  const store = newStore();
  const first = openNote(store, { person: grace });
  await isSaved(first.session);
  await first.session.close();
  const still = openNote(store, { person: grace });
  await isSaved(still.session);
  expect(still.traffic.writes).toEqual([]);
  await still.session.close();
  const act = { person: ada.id, operation: 'test' };
  await relay.documents.change(document, act, (doc) => titleOf(doc).insert(0, 'secret'));
  await relay.documents.change(document, act, (doc) => titleOf(doc).delete(0, 6));
  const { session } = openNote(store, { person: grace });
  await isSaved(session);
  await session.close();
  expect(titleAt(session)).toBe('x'.repeat(5));
  const kept = (await store.load(document))?.updates.map((row) => Buffer.from(row.update).toString()) ?? [];
  expect(kept.join('')).not.toContain('secret');
});

test('a document restored from a backup is not resumed: what was unsent becomes a recovered copy', async () => {
  await live(3);
  const store = newStore();
  const first = openNote(store);
  await isSaved(first.session);
  first.session.noteNoNetwork();
  write(first.session, 'jamais envoyé');
  await first.session.close();
  const rows = await log.read(document, 0);
  await relay.close();
  log = new MemoryUpdateLog();
  const epoch = testId<Epoch>(99);
  await log.create(
    { document, kind: 'note', epoch, schemaVersion: 1 },
    rows.map((row) => ({ ...row, clients: [] })),
  );
  relay = await newRelay({ log, limits });
  const onReplaced = vi.fn<() => void>();
  openNote(store, { onReplaced });
  await vi.waitFor(() => expect(onReplaced).toHaveBeenCalledTimes(1));
  expect(await store.listRecovered(document)).toMatchObject([
    { title: 'xxxjamais envoyé', reason: 'epoch_changed' },
  ]);
  expect((await log.head(document))?.seq).toBe(3);
});

test('a relay whose log went back gets everything again, and the copy promises no row that is gone', async () => {
  await live(10);
  const store = newStore();
  const first = openNote(store);
  await isSaved(first.session);
  await first.session.close();
  expect(await storedSeq(store)).toBe(10);
  const head = (await log.head(document)) as DocumentHead;
  const rows = await log.read(document, 0, 4);
  await relay.close();
  log = new MemoryUpdateLog();
  await log.create(
    { document, kind: 'note', epoch: head.epoch, schemaVersion: 1 },
    rows.map((row) => ({ ...row, clients: [] })),
  );
  relay = await newRelay({ log, limits });
  const { session, traffic } = openNote(store);
  await isSaved(session);
  expect(traffic.writes).toEqual(['step2']);
  await session.flush();
  expect(await storedSeq(store)).toBeLessThanOrEqual(5);
  await vi.waitFor(async () => {
    const rebuilt = await relay.documents.read(document);
    expect(rebuilt && titleOf(rebuilt.doc).toJSON()).toBe('x'.repeat(10));
  });
});

const seed = Date.now();
test(`[R18] the row that a copy names is never beyond what it holds, whatever is lost when (seed ${seed})`, async () => {
  const random = newRandom(seed);
  const stores = [newStore(), newStore()] as const;
  const people = [ada, grace] as const;
  const windows = stores.map((store, at) => openNote(store, { person: people[at] }));
  const broken: string[] = [];
  /** A window that is killed leaves what its store has: that must have every row up to the one it names. */
  const check = async (store: MemoryOfflineStore): Promise<void> => {
    const stored = await store.load(document);
    if (stored === null || !stored.head.complete) return;
    const copy = new Y.Doc();
    for (const row of stored.updates) Y.applyUpdate(copy, row.update);
    copy.on('update', () => broken.push(`row ${stored.head.seq}`));
    for (const row of await log.read(document, 0, stored.head.seq)) Y.applyUpdate(copy, row.bytes);
  };
  for (let step = 0; step < 150; step++) {
    const at = random.int(2);
    const { session } = windows[at] as (typeof windows)[number];
    // No editor is bound before.
    await session.whenLoaded;
    const title = titleOf(session.doc);
    const kind = random.int(10);
    if (kind < 5) title.insert(random.int(title.length + 1), 'ab');
    else if (kind < 8 && title.length > 2) title.delete(random.int(title.length - 1), 1);
    else if (kind === 8) session.noteNoNetwork();
    else {
      await session.close();
      windows[at] = openNote(stores[at] as MemoryOfflineStore, { person: people[at] });
    }
    await new Promise((resolve) => setTimeout(resolve, random.int(12)));
    for (const store of stores) await check(store);
  }
  await Promise.all(windows.map(({ session }) => isSaved(session)));
  await retryUntil(
    'both to be equal',
    () => titleAt(windows[0]?.session as DocumentSession) === titleAt(windows[1]?.session as DocumentSession),
  );
  await retryUntil('positions', async () => (await storedSeq(stores[0])) > 0);
  expect(broken).toEqual([]);
});
