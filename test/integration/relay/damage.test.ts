import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText } from './support.ts';

async function openOnDisk(limits = {}) {
  const { database, close } = await newDatabase();
  const log = new SqliteUpdateLog(database);
  const all = await open({ log, limits });
  onTestFinished(close);
  return { ...all, database, log };
}

test('[R7] a document of which a row changed on the disk is not opened, is set aside, and nothing of it is deleted', async () => {
  const { relay, document, database, log, writer, raw } = await openOnDisk();
  const author = await writer(alice);
  author.write('précieux');
  await author.stored(1);
  author.socket.terminate();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  await database.query('UPDATE log_row SET time = time + 1');
  expect(await raw(benoit).closed).toEqual({ code: 4503, reason: 'document_damaged' });
  expect((await log.head(document))?.readOnly).toBe('damaged');
  await database.query('UPDATE log_row SET time = time - 1');
  expect(await storedText(relay, document)).toBe('précieux');
});

test('[R7] a damaged checkpoint is as good as none', async () => {
  const { relay, document, database, log, writer, raw } = await openOnDisk({ unloadCheckpointRows: 1 });
  const author = await writer(alice);
  author.write('intact');
  await author.stored(1);
  author.socket.terminate();
  await retryUntil('a checkpoint', async () => (await log.checkpoint(document)) !== null);
  await database.query("UPDATE log_checkpoint SET bytes = x'0000'");
  expect((await raw(benoit).join()).getText('text').toJSON()).toBe('intact');
  expect(await storedText(relay, document)).toBe('intact');
});

function nested(depth: number): Uint8Array {
  const doc = new Y.Doc();
  let map = doc.getMap('map');
  for (let level = 0; level < depth; level++) {
    const inner = new Y.Map();
    map.set('inner', inner);
    map = inner;
  }
  return Y.encodeStateAsUpdate(doc);
}

test.each([
  [64, null],
  [65, 'invalid_content'],
])('[R21] types %d deep: the worker that makes the checkpoint says %s', async (depth, expected) => {
  const { relay, document, writer } = await open({ limits: { checkpointRows: 1 } });
  const author = await writer(alice);
  author.send(encodeUpdate(nested(depth)));
  await author.stored(1);
  await retryUntil('the worker to have looked', async () => {
    const head = await relay.log.head(document);
    return head?.readOnly !== null || (await relay.log.checkpoint(document)) !== null;
  });
  expect((await relay.log.head(document))?.readOnly).toBe(expected);
});

test('[R21] structs of two clients that wait for each other are stored, never shown, and set the document aside', async () => {
  const { relay, document, writer } = await open({ limits: { checkpointRows: 1 } });
  const author = await writer(alice);
  // Client 2's letter stands after client 1's, and client 1's after client 2's.
  const update = Uint8Array.of(2, 1, 2, 0, 0x84, 1, 0, 1, 98, 1, 1, 0, 0x84, 2, 0, 1, 97, 0);
  author.send(encodeUpdate(update));
  await author.stored(1);
  await retryUntil(
    'it to be set aside',
    async () => (await relay.log.head(document))?.readOnly === 'invalid_content',
  );
  author.write('x');
  expect(await author.hear('refused')).toMatchObject({ code: 4422, reason: 'document_damaged' });
});

test('[R70] an operation that the catalogue refuses changes nothing, and nobody is disturbed', async () => {
  const { relay, document, database, writer } = await openOnDisk();
  await database.query('CREATE TABLE thing (name TEXT PRIMARY KEY) STRICT');
  const author = await writer(alice);
  author.write('un deux');
  await author.stored(1);
  const act = { person: alice.person.id, operation: 'remove' };
  const insert = { sql: "INSERT INTO thing VALUES ('a')", parameters: [] };
  const remove = () =>
    relay.documents.change(document, act, (doc) => doc.getText('text').delete(0, 3), [insert]);
  await database.query(insert.sql);
  await expect(remove()).rejects.toMatchObject({ code: 'conflict' });
  expect(await storedText(relay, document)).toBe('un deux');
  // The same words deleted by hand are news, not a repetition of what the operation would have done.
  author.doc.getText('text').delete(0, 3);
  await author.stored(2);
  expect(await storedText(relay, document)).toBe('deux');
});
