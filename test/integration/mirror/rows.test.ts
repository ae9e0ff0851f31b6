import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#shared/domain/ids.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import { firstDigest, sealRow } from '#server/storage/chain.ts';
import type { Via } from '#server/storage/ports/UpdateLog.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, device, typed } from '../relay/support.ts';
import { open, outbox } from './support.ts';

test('[R83] a mirror is sent the rows after the last of its copy, then each that is stored, as the log holds them', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer({ ...benoit, device: device(3) });
  for (const letter of 'abc') author.write(letter);
  await author.stored(3);
  const { epoch } = (await relay.log.head(document)) ?? { epoch: null };
  const client = mirror().on(document);
  client.open({ epoch, seq: 1 });
  await retryUntil('the rows', () => client.rows().length === 2);
  author.write('d');
  await author.stored(4);
  const act = { person: testId<PersonId>(77), operation: 'restore' };
  await relay.documents.change(document, act, (doc) => doc.getText('text').insert(0, '!'));
  await retryUntil('what is new', () => client.rows().length === 4);
  const rows = await relay.log.read(document, 1);
  const named = rows.map(({ document: _, ...row }, at) => ({ ...row, name: at < 3 ? 'Benoît' : '' }));
  expect(client.rows().map((row) => ({ ...row, bytes: Buffer.from(row.bytes) }))).toEqual(
    named.map((row) => ({ ...row, bytes: Buffer.from(row.bytes) })),
  );
  expect(client.heard.some(({ kind }) => kind === 'update')).toBe(false);
});

test('[R83] hundreds of rows come in order and once, whatever is stored while they are sent', async () => {
  const { document, writer, mirror } = await open({ limits: { updateBurst: 1e9 } });
  const author = await writer(benoit);
  for (let index = 0; index < 300; index++) author.write('x');
  await author.stored(300);
  const clients = [mirror(), mirror(benoit)].map((one) => one.on(document));
  const typing = setInterval(() => {
    author.write('y');
  }, 1);
  for (const client of clients) client.open();
  await author.stored(350);
  clearInterval(typing);
  const last = author.doc.getText('text').length;
  for (const client of clients) {
    await retryUntil('every row', () => client.rows().length >= last);
    expect(client.rows().map(({ seq }) => seq)).toEqual(Array.from({ length: last }, (_, at) => at + 1));
  }
});

test('[R83] a copy of the rows is the document, and its chain of digests the home’s', async () => {
  const { relay, document, mirror, writer } = await open();
  const author = await writer(benoit);
  author.write('bonjour');
  author.doc.getText('text').delete(0, 3);
  await author.stored(2);
  const client = mirror().on(document);
  client.open();
  await retryUntil('the rows', () => client.rows().length === 2);
  let digest = firstDigest(document);
  for (const { name: _, ...row } of client.rows()) {
    ({ digest } = sealRow({ ...row, via: row.via as Via, document }, digest));
  }
  expect(await relay.log.chainHead(document)).toMatchObject({ seq: 2, digest });
  const doc = new Y.Doc();
  for (const { bytes } of client.rows()) Y.applyUpdate(doc, bytes);
  expect(doc.getText('text').toJSON()).toBe('jour');
});

test('[R83] a mirror hears its own rows too, with the place that they have at home', async () => {
  const { document, mirror } = await open();
  const [one, other] = [mirror().on(document), mirror(benoit).on(document)];
  for (const client of [one, other]) {
    client.open();
    await client.hear('opened');
    client.send(encodeStep1(Uint8Array.of(0)));
    await client.hear('step2');
  }
  one.send(encodeUpdate(typed('a', 5)));
  await one.stored(1);
  other.send(encodeUpdate(typed('b', 6)));
  await other.stored(1);
  for (const client of [one, other]) {
    await retryUntil('both rows', () => client.rows().length === 2);
    expect(client.rows().map(({ seq, name, via }) => [seq, name, via])).toEqual([
      [1, 'Alice', 'socket'],
      [2, 'Benoît', 'socket'],
    ]);
    expect(client.heard.some(({ kind }) => kind === 'update')).toBe(false);
  }
});

test('[R83] who may not see the history is sent no row, asks for the state, and then hears updates', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer(alice);
  author.write('secret lisible');
  author.doc.getText('text').delete(0, 7);
  await author.stored(2);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const client = mirror(benoit).on(document);
  client.open();
  expect(await client.hear('opened')).toMatchObject({ role: 'reader', seq: 2 });
  client.send(encodeStep1(Uint8Array.of(0)));
  await client.hear('step2');
  author.write(' !');
  await author.stored(3);
  await client.hear('update', 2);
  expect(client.rows()).toEqual([]);
  const sent = client.heard.flatMap((one) => (one.kind === 'update' ? [Buffer.from(one.bytes)] : []));
  expect(Buffer.concat(sent).includes('secret')).toBe(false);
  client.send(encodeBatch([{ deviceTime: 1, update: typed('x', 9) }]));
  expect(await client.hear('refused')).toEqual({
    kind: 'refused',
    index: 1,
    code: 4403,
    reason: 'not_allowed',
  });
  await client.stored(1);
});

test('[R84] who loses the right to the history is sent no row from then on', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer(alice);
  const client = mirror(benoit).on(document);
  client.open();
  author.write('avant');
  await retryUntil('a row', () => client.rows().length === 1);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  await relay.documents.recheckAccess(document);
  expect(await client.hear('access')).toEqual({ kind: 'access', role: 'reader' });
  author.write('après');
  await author.stored(2);
  client.send(encodeStep1(Uint8Array.of(0)));
  await client.hear('step2');
  expect(client.rows().length).toBe(1);
});

test('[R30] [R32] a mirror is present in each of its documents, under the session’s name, and leaves with it', async () => {
  const { document, writer, mirror } = await open();
  const author = await writer(alice);
  author.send(encodeAwareness([{ client: author.doc.clientID, clock: 1, state: '{}' }]));
  const client = mirror(benoit);
  client.on(document).open();
  expect(await client.on(document).hear('awareness')).toMatchObject({
    entries: [{ client: author.doc.clientID }],
  });
  client.on(document).send(encodeAwareness([{ client: 8, clock: 1, state: '{"user":{"name":"Alice"}}' }]));
  await retryUntil('Benoît', () =>
    author.heard.some((one) => one.kind === 'awareness' && one.entries[0]?.state.includes('Benoît')),
  );
  author.send(encodeAwareness([{ client: author.doc.clientID, clock: 2, state: '{"caret":1}' }]));
  await retryUntil('the caret', () =>
    client
      .on(document)
      .heard.some((one) => one.kind === 'awareness' && one.entries[0]?.state.includes('caret')),
  );
  client.socket.close();
  await retryUntil('Benoît to leave', () =>
    author.heard.some(
      (one) => one.kind === 'awareness' && one.entries[0]?.client === 8 && one.entries[0].state === 'null',
    ),
  );
});

test('[R85] each row of a batch is stored as its own, by the mirror’s person, with the time on the device, in the home’s order', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer(alice);
  author.write('chez nous ');
  await author.stored(1);
  const client = mirror({ ...benoit, device: device(2) }).on(document);
  client.open();
  await client.hear('opened');
  const offline = outbox(4_001);
  for (const word of ['un ', 'deux ', 'trois ']) offline.type(word);
  const times = [9e12, 1, 5];
  client.send(encodeBatch(offline.rows.map((row, at) => ({ ...row, deviceTime: times[at] ?? 1 }))));
  await client.stored(3);
  const before = Date.now();
  const rows = await relay.log.read(document, 1);
  expect(
    rows.map(({ seq, person, device: on, via, deviceTime }) => [seq, person, on, via, deviceTime]),
  ).toEqual([2, 3, 4].map((seq, at) => [seq, benoit.person.id, device(2), 'mirror', times[at]]));
  expect(rows.every(({ time }) => time <= before && time > before - 60_000)).toBe(true);
  await author.hear('update', 3);
  await retryUntil('its own rows', () => client.rows().length === 4);
  // Sent again after a lost link: acknowledged, and stored once.
  const again = mirror({ ...benoit, device: device(2) }).on(document);
  again.open({ epoch: (await relay.log.head(document))?.epoch ?? null, seq: 4 });
  await again.hear('opened');
  again.send(encodeBatch(offline.rows));
  await again.stored(3);
  expect((await relay.log.head(document))?.seq).toBe(4);
  expect(again.heard.map(({ kind }) => kind)).toEqual(['opened', 'stored']);
});

test('[R85] a batch that lacks a predecessor is not kept, asked for once, and settled by the step 2 that answers', async () => {
  const { relay, document, mirror } = await open({ limits: { maxUnstoredFrames: 3 } });
  const client = mirror().on(document);
  client.open();
  await client.hear('opened');
  const offline = outbox(4_002);
  for (let index = 0; index < 9; index++) offline.type(String(index));
  client.send(encodeBatch(offline.rows.slice(1)));
  const asked = await client.hear('step1');
  client.send(encodeStep2(Y.encodeStateAsUpdate(offline.doc, asked.bytes)));
  await client.stored(9);
  expect(client.heard.filter(({ kind }) => kind === 'step1').length).toBe(1);
  expect((await relay.log.head(document))?.seq).toBe(1);
});

test('[R85] a forged row is refused by its number, and the rows around it are stored', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer(alice);
  author.send(encodeUpdate(typed('à moi', 50)));
  await author.stored(1);
  const forged = new Y.Doc();
  Y.applyUpdate(forged, typed('à moi', 50));
  forged.clientID = 50;
  const before = Y.encodeStateVector(forged);
  forged.getText('text').insert(0, 'volé ');
  const client = mirror(benoit).on(document);
  client.open();
  await client.hear('opened');
  const updates = [typed('x', 61), Y.encodeStateAsUpdate(forged, before), typed('y', 62)];
  client.send(encodeBatch(updates.map((update) => ({ deviceTime: 1, update }))));
  expect(await client.hear('refused')).toEqual({
    kind: 'refused',
    index: 2,
    code: 4403,
    reason: 'client_id_of_another',
  });
  await client.stored(3);
  expect((await relay.log.head(document))?.seq).toBe(3);
});

test.each([
  ['more rows than allowed', 4413, Array.from({ length: 1_001 }, (_, at) => typed('x', at + 1))],
  ['more bytes than allowed', 4413, [typed('x'.repeat(200_000), 1), typed('x'.repeat(200_000), 2)]],
  ['no row', 4400, []],
])('[R85] a batch of %s closes the document with %d and stores nothing', async (_, code, updates) => {
  const { relay, document, mirror } = await open();
  const client = mirror().on(document);
  client.open();
  await client.hear('opened');
  client.send(encodeBatch(updates.map((update) => ({ deviceTime: 1, update }))));
  expect(await client.hear('closed')).toMatchObject({ code });
  expect((await relay.log.head(document))?.seq).toBe(0);
});

test('[R85] one row may be larger than a batch', async () => {
  const { relay, document, mirror } = await open({ limits: { maxStringBytes: 1e6 } });
  const client = mirror().on(document);
  client.open();
  await client.hear('opened');
  client.send(encodeBatch([{ deviceTime: 1, update: typed('x'.repeat(400_000), 3) }]));
  await client.stored(1);
  expect((await relay.log.head(document))?.seq).toBe(1);
});

test('[R86] what is not on the disk counts for the whole socket, and ends counting with its document', async () => {
  const { relay, document, mirror } = await open({ limits: { maxUnstoredFrames: 10 } });
  const other = await relay.newDocument();
  const client = mirror();
  for (const one of [document, other]) client.on(one).open();
  await client.on(other).hear('opened');
  for (const [at, one] of [document, other].entries()) {
    const offline = outbox(5_000 + at);
    for (let index = 0; index < 200; index++) offline.type('x');
    client.on(one).send(encodeBatch(offline.rows));
  }
  client.on(document).close();
  await client.on(other).stored(200);
  expect((await relay.log.head(document))?.seq).toBe(200);
});

test('[R86] a flood over several documents is held to the rate of one session, then closed with 4529', async () => {
  const { relay, document, mirror } = await open({
    limits: { updatesPerSecond: 1, updateBurst: 4, slowMs: 100, pingMs: 200 },
  });
  const other = await relay.newDocument();
  const client = mirror();
  for (const one of [document, other]) client.on(one).open();
  await client.on(other).hear('opened');
  const flood = setInterval(() => {
    for (const one of [document, other]) client.on(one).send(encodeUpdate(typed('a')));
  }, 1);
  const { code } = await client.closed;
  clearInterval(flood);
  expect(code).toBe(4529);
});
