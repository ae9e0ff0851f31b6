import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAwareness, encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { alice, benoit, device, open, storedText, typed } from './support.ts';

test.each([
  ['an empty frame', Uint8Array.of()],
  ['a message that only the relay sends', Uint8Array.of(16, 1)],
  ['an unknown message', Uint8Array.of(99)],
  ['a truncated frame', Uint8Array.of(0, 2, 9, 0)],
  ['trailing bytes', Uint8Array.of(0, 2, 2, 0, 0, 7)],
  ['a number longer than it needs', Uint8Array.of(0x80, 0, 2, 2, 0, 0)],
  ['an update that ends too early', encodeUpdate(typed('bonjour').subarray(0, 12))],
  ['an update with something behind it', encodeUpdate(Uint8Array.of(0, 0, 0))],
  ['a state vector of nothing', Uint8Array.of(0, 0, 0)],
])('[R20] %s closes that connection alone with 4400', async (_, frame) => {
  const { relay, document, writer } = await open();
  const [bad, good] = [await writer(alice), await writer(benoit)];
  bad.send(frame);
  expect((await bad.closed).code).toBe(4400);
  good.write('rien vu');
  await good.stored(1);
  expect(await storedText(relay, document)).toBe('rien vu');
});

test('[R20] a text frame closes with 1003', async () => {
  const { writer } = await open();
  const client = await writer(alice);
  client.send('bonjour');
  expect((await client.closed).code).toBe(1003);
});

function withAttribute(name: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('map').set(name, 1);
  return Y.encodeStateAsUpdate(doc);
}

function withSubdocument(): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('map').set('inner', new Y.Doc());
  return Y.encodeStateAsUpdate(doc);
}

test.each([
  ['more structs than bytes', Uint8Array.of(1, 0xff, 0xff, 0xff, 0x7f, 5, 0, 0)],
  ['a reserved name', withAttribute('__proto__')],
  ['a subdocument', withSubdocument()],
  ['a string that is too long', typed('x'.repeat(300_000))],
])('[R21] %s is refused with 4422 on our wire, and closes a stock client', async (_, update) => {
  const { relay, document, writer } = await open();
  const [ours, stock] = [await writer(alice), await writer({ ...benoit, wire: 'y-sync.1' })];
  ours.send(encodeUpdate(update));
  expect(await ours.hear('refused')).toEqual({
    kind: 'refused',
    index: 1,
    code: 4422,
    reason: 'invalid_content',
  });
  await ours.stored(1);
  stock.send(encodeUpdate(update));
  expect((await stock.closed).code).toBe(4422);
  expect((await relay.log.head(document))?.seq).toBe(0);
});

test('[R21] an update that is too large is refused with 4413', async () => {
  const { writer } = await open({ limits: { maxUpdateBytes: 100 } });
  const author = await writer(alice);
  author.write('x'.repeat(200));
  expect(await author.hear('refused')).toMatchObject({ code: 4413 });
});

test('[R22] an update that lacks a predecessor is asked for, not kept, and settled by the step 2 that answers', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.getText('text').insert(0, 'a');
  doc.getText('text').insert(1, 'b');
  author.send(encodeUpdate(updates[1] ?? new Uint8Array()));
  const asked = await author.hear('step1', 2);
  expect(Y.decodeStateVector(asked.bytes).size).toBe(0);
  expect(author.heard.some((one) => one.kind === 'stored')).toBe(false);
  expect((await relay.log.head(document))?.seq).toBe(0);
  author.send(encodeStep2(Y.encodeStateAsUpdate(doc, asked.bytes)));
  await author.stored(2);
  expect(await storedText(relay, document)).toBe('ab');
});

test('[R22] three in ten seconds close with 4500', async () => {
  const { writer } = await open();
  const author = await writer(alice);
  const doc = new Y.Doc();
  doc.getText('text').insert(0, 'a');
  const late: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => late.push(update));
  for (const letter of 'bcd') doc.getText('text').insert(0, letter);
  for (const update of late) author.send(encodeUpdate(update));
  expect((await author.closed).code).toBe(4500);
});

test('[R23] what would be written under somebody else’s name is refused, and the log says so', async () => {
  const { relay, document, writer } = await open();
  const [author, forger] = [await writer(alice), await writer(benoit)];
  author.write('moi');
  await author.stored(1);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(author.doc));
  copy.clientID = author.doc.clientID;
  copy.getText('text').insert(3, ' aussi');
  forger.send(encodeUpdate(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(author.doc))));
  expect(await forger.hear('refused')).toMatchObject({ code: 4403, reason: 'client_id_of_another' });
  expect(await storedText(relay, document)).toBe('moi');
  expect(relay.logged.some((line) => line['reason'] === 'client_id_of_another')).toBe(true);
});

test('[R23] deleting what somebody else wrote is no forgery', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('moi');
  await author.stored(1);
  const other = await writer(benoit);
  other.doc.getText('text').delete(0, 2);
  await other.stored(1);
  expect(await storedText(relay, document)).toBe('i');
});

test('[R23] a person’s own id from another of their devices closes with 4410', async () => {
  const { writer } = await open();
  const first = await writer({ ...alice, device: device(1) });
  const second = await writer({ ...alice, device: device(2) });
  first.send(encodeUpdate(typed('a', 5)));
  await first.stored(1);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, typed('a', 5));
  doc.clientID = 5;
  const before = Y.encodeStateVector(doc);
  doc.getText('text').insert(1, 'b');
  second.send(encodeUpdate(Y.encodeStateAsUpdate(doc, before)));
  expect((await second.closed).code).toBe(4410);
});

test('[R24] an id is bound by presence before anything was written with it', async () => {
  const { writer } = await open();
  const first = await writer(alice);
  first.send(encodeAwareness([{ client: 77, clock: 1, state: '{}' }]));
  first.send(Uint8Array.of(19, 1));
  await first.hear('pong');
  const thief = await writer(benoit);
  await thief.hear('awareness');
  thief.send(encodeUpdate(typed('a', 77)));
  expect(await thief.hear('refused')).toMatchObject({ code: 4403 });
  thief.send(encodeAwareness([{ client: 77, clock: 1, state: '{"a":1}' }]));
  expect((await thief.closed).code).toBe(4410);
});

test('[R25] a reader’s write is refused with 4403, whatever its form; a step 2 that adds nothing is accepted', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('à lire');
  await author.stored(1);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const reader = await writer(benoit);
  reader.send(encodeStep2(Y.encodeStateAsUpdate(reader.doc)));
  await reader.stored(1);
  expect(reader.heard.some((one) => one.kind === 'refused')).toBe(false);
  reader.send(encodeStep2(typed('a')));
  reader.send(encodeUpdate(typed('b')));
  reader.doc.getText('text').delete(0, 1);
  await reader.stored(4);
  const refused = reader.heard.filter((one) => one.kind === 'refused');
  expect(refused.map((one) => [one.index, one.code])).toEqual([
    [2, 4403],
    [3, 4403],
    [4, 4403],
  ]);
  const stock = await writer({ ...benoit, wire: 'y-sync.1' });
  stock.write('c');
  expect((await stock.closed).code).toBe(4403);
  expect(await storedText(relay, document)).toBe('à lire');
});
