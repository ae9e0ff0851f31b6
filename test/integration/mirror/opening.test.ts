import { expect, test } from 'vitest';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeAwareness, encodePing, encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit } from '../relay/support.ts';
import { mirrorClient } from '../../support/mirrorClient.ts';
import { open } from './support.ts';

test('[R80] a ticket of its own opens a mirror’s socket, once, and none of a document does', async () => {
  const { relay, document } = await open();
  const ticket = relay.ticket(null, { ...alice, wire: 'calepin.1' });
  const mirror = mirrorClient(relay.url, ticket);
  mirror.self.send(encodePing(300));
  expect(await mirror.self.hear('pong')).toEqual({ kind: 'pong', number: 300 });
  expect(mirror.socket.protocol).toBe('calepin.1');
  expect((await mirrorClient(relay.url, ticket).closed).code).toBe(401);
  const ofDocument = relay.ticket(document, { wire: 'calepin.1' });
  expect((await mirrorClient(relay.url, ofDocument).closed).code).toBe(401);
  const ofMirror = relay.ticket(null, { wire: 'calepin.1' });
  expect((await mirrorClient(`${relay.url}/${document}`, ofMirror).closed).code).toBe(401);
  mirror.socket.terminate();
});

test('[R80] each document is opened on the socket, told as a ticket’s answer tells it, and refused alone with its code', async () => {
  const { relay, document, mirror } = await open();
  const [other, forbidden, old] = [
    await relay.newDocument(),
    await relay.newDocument(),
    await relay.newDocument(),
  ];
  relay.roles.set(`${alice.person.id}/${forbidden}`, 'none');
  const unknown = testId<DocumentId>(99);
  const head = await relay.log.head(document);
  const client = mirror();
  const asked: [DocumentId, object][] = [
    [forbidden, { code: 4403, reason: 'not_allowed' }],
    [unknown, { code: 4403, reason: 'not_allowed' }],
    [other, { code: 4409, reason: 'epoch_changed' }],
    [old, { code: 4426, reason: 'app_outdated' }],
  ];
  for (const [one] of asked) {
    client.on(one).open({ epoch: one === other ? testId(9) : null, schema: one === old ? 0 : 1 });
  }
  for (const [one, refused] of asked) {
    expect(await client.on(one).hear('closed')).toEqual({ kind: 'closed', ...refused });
  }
  client.on(document).open({ epoch: head?.epoch ?? null });
  expect(await client.on(document).hear('opened')).toEqual({
    kind: 'opened',
    role: 'author',
    epoch: head?.epoch,
    seq: 0,
    schemaVersion: 1,
  });
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});

test('[R80] a copy with rows that the log does not have is of another life: 4409', async () => {
  const { relay, document, mirror } = await open();
  const epoch = (await relay.log.head(document))?.epoch ?? null;
  const client = mirror().on(document);
  client.open({ epoch, seq: 1 });
  expect(await client.hear('closed')).toMatchObject({ code: 4409, reason: 'epoch_changed' });
});

test('[R81] more documents than allowed: 4529 for the one too many, and room for another once one is closed', async () => {
  const { relay, document, mirror } = await open({ limits: { documentsPerSocket: 2 } });
  const [second, third] = [await relay.newDocument(), await relay.newDocument()];
  const client = mirror();
  for (const one of [document, second]) client.on(one).open();
  await client.on(second).hear('opened');
  client.on(third).open();
  expect(await client.on(third).hear('closed')).toEqual({
    kind: 'closed',
    code: 4529,
    reason: 'too_many_documents',
  });
  client.on(second).close();
  client.on(third).open();
  await client.on(third).hear('opened');
});

test('[R81] a document that the mirror closed is let go, and what is said about it is passed over', async () => {
  const { relay, document, mirror } = await open();
  const client = mirror();
  client.on(document).open();
  await client.on(document).hear('opened');
  client.on(document).send(encodeAwareness([{ client: 7, clock: 1, state: '{}' }]));
  client.on(document).close();
  client.on(document).send(encodeStep1(Uint8Array.of(0)));
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  client.self.send(encodePing(1));
  await client.self.hear('pong');
  expect(client.on(document).heard.some(({ kind }) => kind === 'step2' || kind === 'closed')).toBe(false);
  expect(relay.documents.stats()).toEqual({ rooms: 0, connections: 1 });
});

test('[R82] what is malformed about a document closes it alone with 4400; what is about none closes the socket', async () => {
  const { relay, document, mirror } = await open();
  const other = await relay.newDocument();
  const client = mirror();
  for (const one of [document, other]) client.on(one).open();
  await client.on(other).hear('opened');
  client.on(document).send(Uint8Array.of(16, 1));
  expect(await client.on(document).hear('closed')).toEqual({
    kind: 'closed',
    code: 4400,
    reason: 'malformed',
  });
  client.on(other).send(encodePing(2));
  await client.on(other).hear('pong');
  client.self.send(encodeStep1(Uint8Array.of(0)));
  expect((await client.closed).code).toBe(4400);
});

test.each([
  ['a frame without a message', new Uint8Array(16)],
  ['a document opened twice', null],
  ['an epoch that is none, with a row', Uint8Array.of(...new Uint8Array(16).fill(1), 26, 1, 0, 5)],
  ['something behind a close', Uint8Array.of(...new Uint8Array(16).fill(1), 27, 0)],
])('[R82] %s closes the socket with 4400', async (_, frame) => {
  const { document, mirror } = await open();
  const client = mirror();
  client.on(document).open();
  await client.on(document).hear('opened');
  if (frame === null) client.on(document).open();
  else client.send(frame);
  expect((await client.closed).code).toBe(4400);
});

test('[R82] a text frame closes the socket with 1003', async () => {
  const { mirror } = await open();
  const client = mirror();
  client.send('bonjour');
  expect((await client.closed).code).toBe(1003);
});

test('[R33] a mirror hears something on a silent socket', async () => {
  const { mirror } = await open({ limits: { keepAliveMs: 2_600 } });
  expect(await mirror().self.hear('awareness')).toEqual({ kind: 'awareness', entries: [] });
});

test('[R40] who loses a document’s right loses it alone; who signs out loses the socket', async () => {
  const { relay, document, mirror } = await open();
  const other = await relay.newDocument();
  const client = mirror({ ...alice, sessionId: 'a' });
  const idle = mirror({ ...benoit, sessionId: 'a' });
  idle.self.send(encodePing(1));
  await idle.self.hear('pong');
  for (const one of [document, other]) client.on(one).open();
  await client.on(other).hear('opened');
  relay.roles.set(`${alice.person.id}/${document}`, 'none');
  await relay.documents.recheckAccess();
  expect(await client.on(document).hear('closed')).toEqual({
    kind: 'closed',
    code: 4403,
    reason: 'not_allowed',
  });
  client.on(other).send(encodePing(2));
  await client.on(other).hear('pong');
  relay.documents.closeSession('a');
  expect([(await client.closed).code, (await idle.closed).code]).toEqual([4401, 4401]);
});

test('[R8] a relay that stops tells mirrors to come back', async () => {
  const { relay, mirror } = await open();
  const client = mirror();
  client.self.send(encodePing(1));
  await client.self.hear('pong');
  void relay.documents.close();
  expect((await client.closed).code).toBe(1012);
});

test('[R80] nothing is said about a document before its `open` is answered, however soon its rows are read', async () => {
  const { document, writer, mirror } = await open();
  const author = await writer(benoit);
  author.write('a');
  await author.stored(1);
  const orders: string[] = [];
  for (let time = 0; time < 5; time++) {
    const client = mirror().on(document);
    client.open();
    await retryUntil('the row', () => client.rows().length === 1);
    await client.hear('opened');
    orders.push(client.heard[0]?.kind ?? 'nothing');
  }
  expect(orders).toEqual(Array.from({ length: 5 }, () => 'opened'));
});
