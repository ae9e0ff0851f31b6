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
  // What is registered last is done first: the relay ends before what it stands on.
  onTestFinished(async () => {
    await log.close();
    await close();
  });
  const all = await open({ log, limits });
  return { ...all, database, log };
}

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

/** A note with one sound paragraph, then what is wrong with it. */
function noteWith(spoil: (body: Y.XmlFragment, doc: Y.Doc) => void): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('sain')]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  doc.transact(() => {
    spoil(doc.getXmlFragment('body'), doc);
  });
  return updates;
}

function nest(doc: Y.Doc, depth: number): void {
  let map = doc.getMap('map');
  for (let level = 0; level < depth; level++) {
    const inner = new Y.Map();
    map.set('inner', inner);
    map = inner;
  }
}

function setAttributes(body: Y.XmlFragment, count: number, value: string): void {
  const paragraph = body.get(0) as Y.XmlElement;
  for (let index = 0; index < count; index++) paragraph.setAttribute(`a${index}`, value);
}

test.each<[string, string | null, (body: Y.XmlFragment, doc: Y.Doc) => void]>([
  ['64 types inside one another', null, (_, doc) => nest(doc, 64)],
  ['65', 'too_deep', (_, doc) => nest(doc, 65)],
  ['64 attributes of an element', null, (body) => setAttributes(body, 64, 'x')],
  ['65 of them', 'too_many_attributes', (body) => setAttributes(body, 65, 'x')],
  ['an attribute of 8 KiB', null, (body) => setAttributes(body, 1, 'x'.repeat(8 * 1024 - 2))],
  ['a larger one', 'attribute_too_large', (body) => setAttributes(body, 1, 'x'.repeat(8 * 1024))],
  [
    'a mark that is larger',
    'attribute_too_large',
    (body) =>
      ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 1, { link: { href: 'x'.repeat(9_000) } }),
  ],
  [
    'a value of a map that is larger',
    'attribute_too_large',
    (_, doc) => doc.getMap('contact').set('site', 'x'.repeat(9_000)),
  ],
  [
    'a value of a list that is larger',
    'attribute_too_large',
    (_, doc) => doc.getArray('aliases').push(['x'.repeat(9_000)]),
  ],
  ['an attribute that the schema does not know', null, (body) => setAttributes(body, 1, 'x')],
  ['an unknown element', 'unknown_content', (body) => body.push([new Y.XmlElement('hologram')])],
  [
    'an unknown mark',
    'unknown_content',
    (body) => ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 1, { glow: {} }),
  ],
  ['a cell outside a table', 'unknown_content', (body) => body.push([new Y.XmlElement('tableCell')])],
])('[R28] %s: the worker that looks at the tree says %s', async (_, fault, spoil) => {
  const { relay, document, writer } = await open({ limits: { inspectMs: 1 } });
  const author = await writer(alice);
  const [sound, ...spoilt] = noteWith(spoil);
  author.send(encodeUpdate(sound ?? new Uint8Array()));
  await author.stored(1);
  for (const update of spoilt) author.send(encodeUpdate(update));
  await author.stored(2);
  await relay.documents.inspect(document);
  const set =
    fault === null ? { readOnly: null, goodSeq: null } : { readOnly: 'invalid_content', goodSeq: 1 };
  expect(await relay.log.head(document)).toMatchObject(set);
  expect(relay.logged.find((line) => line['reason'] === 'invalid_content')?.['fault']).toBe(
    fault ?? undefined,
  );
});

test('[R28] the worker looks at the tree when a room empties in which an element, attribute or mark was written', async () => {
  const { relay, document, writer } = await open({ limits: { inspectMs: 60_000 } });
  const author = await writer(alice);
  for (const update of noteWith((body) => body.push([new Y.XmlElement('tableCell')]))) {
    author.send(encodeUpdate(update));
  }
  await author.stored(2);
  expect((await relay.log.head(document))?.readOnly).toBeNull();
  author.socket.close();
  await retryUntil(
    'it to be set aside',
    async () => (await relay.log.head(document))?.readOnly === 'invalid_content',
  );
});

test('[R28] a name that the schema does not have is looked for soon, however long the worker waits for the rest', async () => {
  const limits = { inspectMs: 600_000, idleCheckpointMs: 600_000, inspectUnknownMs: 1 };
  const { relay, document, writer } = await open({ limits });
  const author = await writer(alice);
  for (const update of noteWith((body) => body.push([new Y.XmlElement('hologram')]))) {
    author.send(encodeUpdate(update));
  }
  await author.stored(2);
  await retryUntil(
    'it to be set aside',
    async () => (await relay.log.head(document))?.readOnly === 'invalid_content',
  );
});

test('[R28] the last good state is the one before what spoilt it, wherever the checkpoint is; it is read meanwhile, by readers too', async () => {
  const limits = { inspectMs: 60_000, inspectUnknownMs: 60_000 };
  const { relay, document, writer, raw } = await open({ limits });
  const author = await writer(alice);
  for (const letter of 'abcdefgh') author.write(letter);
  await author.stored(8);
  author.doc.getXmlFragment('body').push([new Y.XmlElement('hologram')]);
  for (const letter of 'ijkl') author.write(letter);
  author.doc.getText('text').delete(0, 1);
  await author.stored(14);
  await relay.documents.inspect(document);
  expect(await relay.log.head(document)).toMatchObject({ readOnly: 'invalid_content', goodSeq: 8 });
  author.write('x');
  expect(await author.hear('refused')).toMatchObject({ index: 15, code: 4422 });
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const text = (await raw(benoit).join()).getText('text').toJSON();
  expect(text).toBe('bcdefghijkl');
});

test('[R28] an operation that mends a document that was set aside is looked at as soon as it is stored', async () => {
  const limits = { inspectMs: 600_000, inspectUnknownMs: 600_000, idleCheckpointMs: 600_000 };
  const { relay, document, writer } = await open({ limits });
  const author = await writer(alice);
  for (const update of noteWith((body) => body.push([new Y.XmlElement('hologram')]))) {
    author.send(encodeUpdate(update));
  }
  await author.stored(2);
  await relay.documents.inspect(document);
  expect(await relay.log.head(document)).toMatchObject({ readOnly: 'invalid_content' });
  const act = { person: alice.person.id, operation: 'restore', repairs: true } as const;
  await relay.documents.change(document, act, (doc) => {
    const body = doc.getXmlFragment('body');
    body.delete(body.length - 1, 1);
  });
  await retryUntil('it to be open again', async () => (await relay.log.head(document))?.readOnly === null);
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

test('[R7, R90] a damaged segment is found when it is read, and not by who opens the document: it stays readable, and is set aside', async () => {
  const { relay, document, database, log, writer, raw } = await openOnDisk({
    unloadCheckpointRows: 1,
    unloadCutRows: 1,
    cutDelayMs: 1,
  });
  const author = await writer(alice);
  for (let at = 0; at < 80; at++) author.write('.');
  await author.stored(80);
  author.socket.terminate();
  await retryUntil('a segment', async () => (await log.segments(document)).length > 0);
  await database.query("UPDATE log_segment SET bytes = x'00'");
  expect((await raw(benoit).join()).getText('text').toJSON()).toBe('.'.repeat(80));
  expect((await log.head(document))?.readOnly).toBeNull();
  await expect(relay.documents.read(document, 40)).rejects.toMatchObject({ code: 'document_damaged' });
  await retryUntil('it to be set aside', async () => (await log.head(document))?.readOnly === 'damaged');
  expect(relay.logged.filter((line) => line['reason'] === 'damaged').length).toBe(1);
  expect(await storedText(relay, document)).toBe('.'.repeat(80));
});
