import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { newRelay } from '../../support/newRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText, typed } from './support.ts';

const act = { person: alice.person.id, operation: 'restore', repairs: true } as const;
/** Client 2's letter stands after client 1's, and client 1's after client 2's. */
const circle = Uint8Array.of(2, 1, 2, 0, 0x84, 1, 0, 1, 98, 1, 1, 0, 0x84, 2, 0, 1, 97, 0);

/** Something of a client that is there, and then the end of a text of theirs whose beginning is not, with the deletion of one of its letters and of one by somebody unknown. */
function endOfText(): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = 7;
  doc.getMap('settings').set('language', 'fr');
  const known = Y.encodeStateAsUpdate(doc);
  const other = new Y.Doc();
  other.clientID = 8;
  other.getText('text').insert(0, 'perdu');
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  doc.getText('text').insert(0, 'début');
  const before = Y.encodeStateVector(doc);
  doc.getText('text').insert(5, 'fin');
  doc.getText('text').delete(5, 1);
  doc.getText('text').delete(8, 1);
  return [known, Y.encodeStateAsUpdate(doc, before)];
}

async function openOnDisk() {
  const { database, close } = await newDatabase();
  const log = new SqliteUpdateLog(database);
  // What is registered last is done first: the relay ends before what it stands on.
  onTestFinished(async () => {
    await log.close();
    await close();
  });
  const all = await open({ log, limits: { unloadCheckpointRows: 1, keepStateMs: 1 } });
  return { ...all, database, log };
}

/** As an application of before the relay knew of it, or a log put together by hand, left it. */
async function appendUnseen(log: SqliteUpdateLog, document: DocumentId, bytes: Uint8Array): Promise<void> {
  await log.append([
    {
      document,
      time: 1_700_000_000_000,
      person: benoit.person.id,
      device: null,
      deviceTime: null,
      via: 'socket',
      operation: null,
      bytes,
      clients: [...Y.parseUpdateMeta(bytes).to.keys()],
    },
  ]);
}

const hasNothingWaiting = (doc: Y.Doc): boolean =>
  doc.store.pendingStructs === null && doc.store.pendingDs === null;

test.each([
  ['structs that wait for each other', [circle]],
  ['the end of a text whose beginning is lost', endOfText()],
])(
  '[R29] %s set a document aside; it begins another life without them, keeps all that is shown, and is written in again',
  async (_, waiting) => {
    const { relay, document, log, writer, raw } = await openOnDisk();
    const author = await writer(alice);
    author.write('tout ce qui ');
    await author.stored(1);
    author.socket.terminate();
    await retryUntil('a checkpoint', async () => (await log.checkpoint(document))?.seq === 1);
    for (const update of waiting) await appendUnseen(log, document, update);
    const after = await writer(alice);
    after.write('se lit');
    await after.stored(1);
    const { epoch } = (await log.head(document)) ?? {};
    const last = 2 + waiting.length;
    await relay.documents.inspect(document);
    expect(await log.head(document)).toMatchObject({ readOnly: 'invalid_content', seq: last, goodSeq: last });
    expect(relay.logged.find((line) => line['fault'] !== undefined)?.['fault']).toBe('incomplete');
    const watching = raw(benoit);
    expect(hasNothingWaiting(await watching.join())).toBe(false);

    expect(await relay.documents.endWaiting(document, act)).toEqual({ seq: last + 1 });
    expect([await after.closed, await watching.closed]).toEqual(
      [1, 2].map(() => ({ code: 4409, reason: 'epoch_changed' })),
    );
    const head = await log.head(document);
    expect(head).toMatchObject({ readOnly: null, goodSeq: null, seq: last + 1 });
    expect(head?.epoch).not.toBe(epoch);
    await relay.documents.inspect(document);
    expect((await log.head(document))?.readOnly).toBeNull();
    expect(await log.read(document, last)).toMatchObject([{ person: alice.person.id, operation: 'restore' }]);

    // From the rows, then from a checkpoint: nothing waits, the text is whole, and what comes is taken.
    for (const text of ['tout ce qui se lit', 'tout ce qui se lit!']) {
      const fresh = await writer(benoit);
      expect([hasNothingWaiting(fresh.doc), fresh.doc.getText('text').toJSON()]).toEqual([true, text]);
      fresh.write('!');
      await fresh.stored(1);
      // What is known is sent whole by who comes back, deletions too: it is not news.
      fresh.send(encodeStep2(Y.encodeStateAsUpdate(fresh.doc)));
      await fresh.stored(2);
      const { seq } = (await log.head(document)) ?? {};
      fresh.socket.terminate();
      await retryUntil('a checkpoint', async () => (await log.checkpoint(document))?.seq === seq);
    }
    expect(await log.head(document)).toMatchObject({ readOnly: null, seq: last + 3 });
    expect(await storedText(relay, document)).toBe('tout ce qui se lit!!');
    // The history is what it was.
    const past = await relay.documents.read(document, last);
    expect(past?.doc.getText('text').toJSON()).toBe('tout ce qui se lit');
  },
);

test('[R29] readers of such a document are sent the state of its other life, and who knew the former is not let in with it', async () => {
  const { relay, document, log, writer, raw } = await openOnDisk();
  const author = await writer(alice);
  author.write('commun');
  author.send(encodeUpdate(circle));
  await author.stored(2);
  const before = (await log.head(document))?.epoch;
  await relay.documents.inspect(document);
  await relay.documents.endWaiting(document, act);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const reader = raw(benoit);
  const doc = await reader.join();
  expect([hasNothingWaiting(doc), doc.getText('text').toJSON()]).toEqual([true, 'commun']);
  reader.send(encodeStep2(Y.encodeStateAsUpdate(doc)));
  await reader.stored(1);
  expect(await raw({ ...alice, epoch: before ?? null }).closed).toMatchObject({ code: 4409 });
});

test('[R29] another relay process reads the document of the other life as this one does, from its rows alone', async () => {
  const { relay, document, database, log, writer } = await openOnDisk();
  const author = await writer(alice);
  author.write('commun');
  author.send(encodeUpdate(circle));
  await author.stored(2);
  await relay.documents.inspect(document);
  await relay.documents.endWaiting(document, act);
  await database.query('DELETE FROM log_checkpoint');
  const second = await newRelay({ log });
  onTestFinished(() => second.close());
  const client = rawClient(second.url, document, second.ticket(document, { ...benoit, wire: 'calepin.1' }));
  const doc = await client.join();
  client.socket.terminate();
  expect([hasNothingWaiting(doc), doc.getText('text').toJSON()]).toEqual([true, 'commun']);
});

test('[R29] a document in which nothing waits stays in its life, and one that is not set aside is refused', async () => {
  const { relay, document, log, writer } = await openOnDisk();
  const author = await writer(alice);
  author.send(encodeUpdate(typed('sain', 5)));
  await author.stored(1);
  await expect(relay.documents.endWaiting(document, act)).rejects.toMatchObject({ code: 'conflict' });
  const { epoch } = (await log.head(document)) ?? {};
  await relay.documents.setReadOnly(document, 'invalid_content');
  expect(await relay.documents.endWaiting(document, act)).toBeNull();
  expect(await log.head(document)).toMatchObject({ epoch, seq: 1, readOnly: 'invalid_content' });
});

test('[R29] one that was set aside before there was a way back, gets its last good state when it is opened', async () => {
  const { relay, document, log, writer, raw } = await openOnDisk();
  const author = await writer(alice);
  author.write('commun');
  author.send(encodeUpdate(circle));
  await author.stored(2);
  author.socket.terminate();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  await log.setReadOnly(document, 'invalid_content');
  await raw(benoit).join();
  await retryUntil('it to be looked at', async () => (await log.head(document))?.goodSeq === 2);
});
