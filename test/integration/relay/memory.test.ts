import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#shared/domain/ids.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText } from './support.ts';

test('[R60] a room is let go when its last socket left, and what it held comes back from the log', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('reste');
  await author.stored(1);
  expect(relay.documents.stats()).toEqual({ rooms: 1, connections: 1 });
  author.socket.close();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  const again = await writer(benoit);
  expect((await again.hear('update')).bytes.length).toBeGreaterThan(5);
  expect(await storedText(relay, document)).toBe('reste');
});

test('[R61] after enough rows a checkpoint is made, and newcomers are sent it and the rows after it', async () => {
  const { relay, document, writer, raw } = await open({ limits: { checkpointRows: 20, keepStateMs: 1 } });
  const author = await writer(alice);
  for (let index = 0; index < 25; index++) author.write(`${index} `);
  await author.stored(25);
  await retryUntil('a checkpoint', async () => (await relay.log.checkpoint(document)) !== null);
  author.write('fin');
  await author.stored(26);
  const guest = raw(benoit);
  const doc = await guest.join();
  expect(doc.getText('text').toJSON()).toBe(author.doc.getText('text').toJSON());
  const updates = guest.heard.filter((one) => one.kind === 'update').length;
  expect(updates).toBeLessThanOrEqual(26 - ((await relay.log.checkpoint(document))?.seq ?? 0) + 1);
});

test('[R61] in a rush the checkpoint waits, but not for ever; when nobody has written for a while, it is made', async () => {
  const limits = { checkpointRows: 20, rushRowsPerSecond: 1, rushRows: 60, idleCheckpointMs: 3_000 };
  const { relay, document, writer } = await open({ limits });
  const seqs: number[] = [];
  const author = await writer(alice);
  let written = 0;
  // A worker makes it: how much is written until it is there depends on the machine.
  while (written < 80 || seqs.length < 2) {
    author.write(`${written} `);
    await author.stored(++written);
    const seq = (await relay.log.checkpoint(document))?.seq ?? 0;
    if (seq !== seqs.at(-1)) seqs.push(seq);
  }
  const [none, first] = seqs;
  expect(none).toBe(0);
  expect(first).toBeGreaterThanOrEqual(60);
  await retryUntil('the last one', async () => (await relay.log.checkpoint(document))?.seq === written);
});

test('[R61] an active room that empties leaves a checkpoint behind', async () => {
  const { relay, document, writer } = await open({ limits: { unloadCheckpointRows: 3 } });
  const author = await writer(alice);
  for (const letter of 'abcd') author.write(letter);
  await author.stored(4);
  author.socket.close();
  await retryUntil('a checkpoint', async () => (await relay.log.checkpoint(document))?.seq === 4);
  const checkpoint = await relay.log.checkpoint(document);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, checkpoint?.bytes ?? new Uint8Array());
  expect(doc.getText('text').toJSON()).toBe('abcd');
});

test('[R61] when nobody has written for a while, a checkpoint is made', async () => {
  const limits = { idleCheckpointMs: 50, unloadCheckpointRows: 3 };
  const { relay, document, writer } = await open({ limits });
  const author = await writer(alice);
  for (const letter of 'abcd') author.write(letter);
  await author.stored(4);
  await retryUntil('a checkpoint', async () => (await relay.log.checkpoint(document))?.seq === 4);
});

test('[R72] a destroyed document is closed for who has it open, and is unknown from then on', async () => {
  const { relay, document, writer, raw } = await open();
  const author = await writer(alice);
  author.write('bonjour');
  await author.stored(1);
  await relay.documents.destroy(document);
  expect((await author.closed).code).toBe(4403);
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  expect(await relay.log.head(document)).toBeNull();
  expect((await raw(benoit).closed).code).toBe(4403);
});

test('[R70] an operation writes under a new client id bound to the person, and who is looking sees it', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('bonjour');
  await author.stored(1);
  const heard: object[] = [];
  relay.documents.onAppended((event) => heard.push(event));
  const act = { person: testId<PersonId>(5), operation: 'restore' };
  const { seq } = await relay.documents.change(document, act, (doc) => doc.getText('text').insert(7, ' !'));
  expect(seq).toBe(2);
  await retryUntil('Alice to see it', () => author.heard.filter((one) => one.kind === 'update').length === 1);
  expect(await storedText(relay, document)).toBe('bonjour !');
  const [row] = await relay.log.read(document, 1);
  expect(row).toMatchObject({ person: act.person, operation: 'restore', via: 'operation' });
  expect((await relay.log.bindings(document)).find((one) => one.person === act.person)).toBeDefined();
  expect(heard).toEqual([{ document, seq: 2, person: act.person }]);
  expect(await relay.documents.change(document, act, () => null)).toEqual({ seq: 2 });
});

test('[R71] a document can be read as it was after any row, with what was deleted later', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('un');
  author.write(' deux');
  author.doc.getText('text').delete(0, 3);
  await author.stored(3);
  const at = async (seq: number) => (await relay.documents.read(document, seq))?.doc.getText('text').toJSON();
  expect([await at(0), await at(1), await at(2), await at(3), await at(99)]).toEqual([
    '',
    'un',
    'un deux',
    'deux',
    'deux',
  ]);
  expect(await relay.documents.read(testId(77), 1)).toBeNull();
});

test('[R7] a document set aside is read, and nobody writes in it', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  await relay.documents.setReadOnly(document, 'damaged');
  author.write('x');
  expect(await author.hear('refused')).toMatchObject({ code: 4422, reason: 'document_damaged' });
  const act = { person: null, operation: 'restore' };
  await expect(
    relay.documents.change(document, act, (doc) => doc.getText('t').insert(0, 'x')),
  ).rejects.toMatchObject({
    code: 'document_damaged',
  });
});
