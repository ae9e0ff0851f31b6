import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { encodePing, encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { rawClient } from '../../support/rawClient.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open } from './support.ts';

test('[R10] a ticket opens one socket, for its document and wire, and only the wire is answered', async () => {
  const { relay, document } = await open({ origins: ['https://notes.example'] });
  const ticket = relay.ticket(document, { wire: 'calepin.1' });
  const first = rawClient(relay.url, document, ticket);
  await first.join();
  expect(first.socket.protocol).toBe('calepin.1');
  const second = rawClient(relay.url, document, ticket);
  expect((await second.closed).code).toBe(401);
  const elsewhere = rawClient(
    relay.url,
    testId<DocumentId>(9),
    relay.ticket(document, { wire: 'calepin.1' }),
  );
  expect((await elsewhere.closed).code).toBe(401);
  const otherWire = rawClient(relay.url, document, relay.ticket(document, { wire: 'y-sync.1' }));
  expect((await otherWire.closed).code).toBe(401);
  const origin = (name: string) => {
    const values = relay.ticket(document, { wire: 'calepin.1' });
    return rawClient(relay.url, document, values, { origin: name });
  };
  expect((await origin('https://elsewhere.example').closed).code).toBe(403);
  await origin('https://notes.example').join();
});

test('[R11] a newcomer is told at once that the relay is there, and sent updates first and an empty step 2 last; then the relay asks in turn and says hello', async () => {
  const { document, relay, writer, raw } = await open();
  const author = await writer(alice);
  author.write('un ');
  author.write('deux');
  await author.stored(2);
  const guest = raw(benoit);
  guest.send(encodePing(0));
  const doc = await guest.join();
  await guest.hear('access');
  expect(guest.heard.map((one) => one.kind)).toEqual([
    'pong',
    'update',
    'update',
    'step2',
    'step1',
    'hello',
    'access',
  ]);
  expect(doc.getText('text').toJSON()).toBe('un deux');
  const head = await relay.log.head(document);
  expect(await guest.hear('hello')).toEqual({ kind: 'hello', epoch: head?.epoch, seq: 2, schemaVersion: 1 });
  expect(Y.decodeStateVector((await guest.hear('step1')).bytes)).toEqual(
    Y.decodeStateVector(Y.encodeStateVector(author.doc)),
  );
});

test('[R12] who comes back is sent only the structs that it lacks, from the checkpoint and from the rows', async () => {
  const { relay, document, writer, raw } = await open({ limits: { checkpointRows: 10, keepStateMs: 1 } });
  const author = await writer(alice);
  author.write('a'.repeat(50));
  const early = Y.encodeStateVector(author.doc);
  for (let index = 0; index < 12; index++) author.write('b');
  author.doc.getText('text').delete(3, 2);
  await author.stored(14);
  await retryUntil('a checkpoint', async () => (await relay.log.checkpoint(document)) !== null);
  author.write('c');
  await author.stored(15);
  for (const known of [early, Y.encodeStateVector(author.doc)]) {
    const guest = raw(benoit);
    await guest.join(known);
    const structs = guest.heard.flatMap((one) =>
      one.kind === 'update' ? Y.decodeUpdate(one.bytes).structs : [],
    );
    const clocks = structs.map((struct) => struct.id.clock + struct.length);
    expect(clocks.every((clock) => clock > 50)).toBe(true);
    const all = guest.heard.flatMap((one) => (one.kind === 'update' ? [one.bytes] : []));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(author.doc));
    for (const update of all) Y.applyUpdate(doc, update);
    expect(doc.store.pendingStructs).toBeNull();
    expect(doc.getText('text').toJSON()).toBe(author.doc.getText('text').toJSON());
  }
});

test('[R13] an older schema is closed with 4426 before any content, and when the document rises', async () => {
  const { relay, document, raw } = await open();
  const old = raw({ ...alice, schema: 1 });
  const stock = raw({ ...benoit, wire: 'y-sync.1' });
  await Promise.all([old.join(), stock.join()]);
  await relay.documents.setSchemaVersion(document, 2);
  expect((await old.closed).code).toBe(4426);
  const again = raw({ ...alice, schema: 1 });
  again.send(encodeStep1(Uint8Array.of(0)));
  expect((await again.closed).code).toBe(4426);
  expect(again.heard).toEqual([]);
  expect(stock.socket.readyState).toBe(1);
});

test('[R13] another epoch is closed with 4409', async () => {
  const { raw } = await open();
  expect((await raw({ ...alice, epoch: testId<Epoch>(99) }).closed).code).toBe(4409);
});

test('[R14] a reader is sent no text that was deleted before it came, an author is', async () => {
  const { relay, document, writer, raw } = await open();
  const author = await writer(alice);
  author.write('le secret et le reste');
  author.doc.getText('text').delete(0, 13);
  await author.stored(2);
  const bytes = (heard: typeof author.heard) =>
    Buffer.concat(heard.map((one) => ('bytes' in one ? one.bytes : new Uint8Array()))).toString();
  expect(bytes((await writer(alice)).heard)).toContain('secret');
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const reader = raw(benoit);
  const doc = await reader.join();
  expect(doc.getText('text').toJSON()).toBe('le reste');
  expect(bytes(reader.heard)).not.toContain('secret');
});

test('[R14] a reader is sent nothing of a document that cannot be collected', async () => {
  const { relay, document, writer, raw } = await open();
  const author = await writer(alice);
  author.write('le secret et le reste');
  author.doc.getText('text').delete(0, 13);
  // Two letters that stand each after the other: stored, and nobody can build what they are part of.
  author.send(encodeUpdate(Uint8Array.of(2, 1, 2, 0, 0x84, 1, 0, 1, 98, 1, 1, 0, 0x84, 2, 0, 1, 97, 0)));
  await author.stored(3);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  const reader = raw(benoit);
  reader.send(encodeStep1(Uint8Array.of(0)));
  expect((await reader.closed).code).toBe(4503);
  expect(reader.heard.filter(({ kind }) => kind === 'update' || kind === 'step2')).toEqual([]);
});

test('[R15] an unknown document answers like a forbidden one', async () => {
  const { relay, document, raw } = await open();
  relay.roles.set(`${alice.person.id}/${document}`, 'none');
  const forbidden = raw(alice);
  const nowhere = testId<DocumentId>(50);
  const unknown = rawClient(relay.url, nowhere, relay.ticket(nowhere, { wire: 'calepin.1' }));
  expect(await forbidden.closed).toEqual(await unknown.closed);
  expect((await forbidden.closed).code).toBe(4403);
});
