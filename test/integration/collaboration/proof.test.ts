import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { titleOf } from '#shared/document/fields.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { openWindow } from '../../support/openWindow.ts';
import { TestHeads } from '../../support/TestHeads.ts';

let heads: TestHeads;
let relay: TestRelay;
let document: DocumentId;
let epoch: Epoch;
let store: MemoryOfflineStore;
const open: DocumentSession[] = [];

beforeEach(async () => {
  heads = new TestHeads();
  relay = await newRelay({ heads });
  document = await relay.newDocument();
  epoch = (await relay.log.head(document))?.epoch as Epoch;
  store = new MemoryOfflineStore({ durable: true });
  for (const word of ['un ', 'deux ', 'trois ']) {
    const act = { person: null, operation: 'test' };
    await relay.documents.change(document, act, (doc) => titleOf(doc).insert(0, word));
  }
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await relay.close();
});

async function openNote(): Promise<DocumentSession> {
  const { session } = openWindow(relay, document, store);
  open.push(session);
  await until(() => expect(session.saveState).toEqual({ kind: 'saved' }));
  return session;
}
const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 5 });
const sign = (seq: number, digest: number): SignedHead => heads.sign(document, epoch, seq, digest);
const kept = async () => (await store.load(document))?.head;

/** A window that was told a head, and closed. */
async function keep(head: SignedHead): Promise<void> {
  heads.tell(document, head);
  const session = await openNote();
  await until(async () => {
    await session.flush();
    expect((await kept())?.proof?.head.seq).toBe(head.seq);
  });
  await session.close();
}

test('the newest signed head is kept with the copy, once its signature was checked', async () => {
  const session = await openNote();
  for (const seq of [2, 3]) heads.tell(document, sign(seq, seq));
  await until(async () => {
    await session.flush();
    expect((await kept())?.proof).toEqual({
      head: sign(3, 3),
      publicKey: heads.publicKey,
      isGenuine: true,
    });
  });
  expect(session.getSnapshot().doubt).toBeNull();
});

test.each([
  ['shorter', 'a head of fewer rows', () => sign(2, 2)],
  ['altered', 'another digest at the same row', () => sign(3, 9)],
  ['other_key', 'another key', () => (heads.changeKey(), sign(4, 4))],
  ['other_key', 'a signature that does not hold', () => ({ ...sign(4, 4), seq: 5 })],
] as const)('says %s of %s, keeps both, and nothing of the work changes', async (kind, _what, later) => {
  const first = sign(3, 3);
  const firstKey = heads.publicKey;
  await keep(first);
  const second = later();
  heads.tell(document, second);
  const session = await openNote();
  await until(() => expect(session.getSnapshot().doubt).toMatchObject({ kind }));
  expect(session.getSnapshot().doubt).toMatchObject({
    kept: { head: first, publicKey: firstKey },
    later: { head: second },
  });
  titleOf(session.doc).insert(0, 'zéro ');
  await until(() => expect(session.saveState).toEqual({ kind: 'saved' }));
  expect([session.problem, session.loaded]).toEqual([null, true]);
  await session.close();
  // Closing the window does not make it forget.
  const again = await openNote();
  expect(again.getSnapshot().doubt).toMatchObject({ kind, kept: { head: first } });
});

test('a log that ends before a signed row is noticed at once, and what this device has goes back to the relay', async () => {
  await keep(sign(3, 3));
  const rows = await relay.log.read(document, 0, 1);
  const head = await relay.log.head(document);
  if (head === null) throw new Error('the document was made');
  await relay.close();
  heads = new TestHeads();
  relay = await newRelay({ heads });
  await relay.log.create(
    { ...head },
    rows.map((row) => ({ ...row, clients: [] })),
  );
  const session = await openNote();
  expect(session.getSnapshot().doubt).toMatchObject({ kind: 'shorter', later: null });
  await until(async () => {
    const restored = await relay.documents.read(document);
    expect(restored && titleOf(restored.doc).toJSON()).toBe('trois deux un ');
  });
});

test('a doubt that somebody has seen is over: the later word counts from then on', async () => {
  await keep(sign(3, 3));
  heads.changeKey();
  heads.tell(document, sign(3, 9));
  const session = await openNote();
  await until(() => expect(session.getSnapshot().doubt).toMatchObject({ kind: 'other_key' }));
  await session.settleDoubt();
  // Also for who leaves the page at once.
  expect([session.getSnapshot().doubt, (await kept())?.doubt]).toEqual([null, null]);
  heads.tell(document, sign(5, 5));
  await until(async () => {
    await session.flush();
    expect((await kept())?.proof?.head.seq).toBe(5);
  });
  expect([session.getSnapshot().doubt, (await kept())?.doubt]).toEqual([null, null]);
});

test('a head of a life of the document that is over is passed by', async () => {
  await keep(sign(3, 3));
  const session = await openNote();
  heads.tell(document, heads.sign(document, 'x'.repeat(22) as Epoch, 1, 1));
  heads.tell(document, sign(4, 4));
  await until(async () => {
    await session.flush();
    expect((await kept())?.proof?.head.seq).toBe(4);
  });
  expect(session.getSnapshot().doubt).toBeNull();
});
