import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText, typed } from './support.ts';

/** A log whose appends wait until a test lets them, or fail. */
class HeldLog extends MemoryUpdateLog {
  readonly waiting: (() => void)[] = [];
  held = false;
  failing = false;

  override async append(...[rows, alongside]: Parameters<MemoryUpdateLog['append']>) {
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failing) throw new AppError('storage_full', 'no room');
    return super.append(rows, alongside);
  }
}

test('[R1] nothing is acknowledged or shown before it is stored', async () => {
  const log = new HeldLog();
  const { relay, document, writer } = await open({ log });
  const [author, reader] = [await writer(alice), await writer(benoit)];
  log.held = true;
  const before = reader.heard.length;
  author.write('bonjour');
  await retryUntil('the commit to begin', () => log.waiting.length === 1);
  author.send(Uint8Array.of(19, 7));
  await author.hear('pong');
  expect(author.heard.some((one) => one.kind === 'stored')).toBe(false);
  expect(reader.heard.length).toBe(before);
  log.waiting[0]?.();
  await author.stored(1);
  await retryUntil('the reader to see it', () => reader.heard.length > before);
  expect(await storedText(relay, document)).toBe('bonjour');
});

test('[R2] an update sent twice is acknowledged twice and stored once, also while the first is on its way', async () => {
  const log = new HeldLog();
  const { document, writer } = await open({ log });
  const author = await writer(alice);
  log.held = true;
  const update = encodeUpdate(typed('a', 5));
  author.send(update);
  author.send(update);
  await retryUntil('the commit to begin', () => log.waiting.length === 1);
  author.send(Uint8Array.of(19, 7));
  await author.hear('pong');
  expect(author.heard.some((one) => one.kind === 'stored')).toBe(false);
  log.held = false;
  log.waiting[0]?.();
  await author.stored(2);
  author.send(update);
  await author.stored(3);
  expect((await log.head(document))?.seq).toBe(1);
});

test('[R2] of an update that repeats what is known, only what is new is stored', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  const doc = new Y.Doc();
  const text = doc.getText('text');
  text.insert(0, 'bonjour tout le monde');
  text.delete(0, 3);
  author.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await author.stored(1);
  text.insert(0, 'x');
  text.delete(8, 2);
  const whole = Y.encodeStateAsUpdate(doc);
  author.send(encodeStep2(whole));
  await author.stored(2);
  const rows = await relay.log.read(document, 0);
  expect(rows.map((row) => Y.decodeUpdate(row.bytes).structs.length)).toEqual([2, 1]);
  expect([...Y.decodeUpdate(rows[1]?.bytes ?? whole).ds.clients.values()].flat().length).toBe(1);
  expect(await storedText(relay, document)).toBe(text.toJSON());
});

test('[R3] opening a document, with step 1 and step 2, stores nothing', async () => {
  const { relay, document, writer, raw } = await open();
  const author = await writer(alice);
  author.write('bonjour');
  author.doc.getText('text').delete(0, 2);
  await author.stored(2);
  const guest = raw(benoit);
  const doc = await guest.join();
  guest.send(encodeStep2(Y.encodeStateAsUpdate(doc)));
  await guest.stored(1);
  expect((await relay.log.head(document))?.seq).toBe(2);
});

test('[R4] what is refused in between does not make later frames look unsettled', async () => {
  const { writer } = await open();
  const author = await writer(alice);
  author.write('a');
  author.send(encodeUpdate(Uint8Array.of(1, 200, 1, 5, 0, 0)));
  author.write('b');
  await author.stored(3);
  expect(await author.hear('refused')).toMatchObject({ index: 2, code: 4422 });
});

test('[R6] a commit that fails is not acknowledged and is seen by nobody; later everything that was not stored arrives again', async () => {
  const log = new HeldLog();
  const { relay, document, writer, raw } = await open({ log });
  const [author, reader] = [await writer(alice), await writer(benoit)];
  log.failing = true;
  author.write('perdu ?');
  expect(await author.closed).toEqual({ code: 4503, reason: 'storage_full' });
  expect(author.heard.some((one) => one.kind === 'stored')).toBe(false);
  expect(reader.heard.some((one) => one.kind === 'update' && one.bytes.length > 2)).toBe(false);
  log.failing = false;
  await retryUntil('storage to be tried again', async () => {
    const again = raw(alice);
    await again.join();
    again.send(encodeStep2(Y.encodeStateAsUpdate(author.doc)));
    return Promise.race([again.stored(1).then(() => true), again.closed.then(() => false)]);
  });
  expect(await storedText(relay, document)).toBe('perdu ?');
});

test('[R6] nobody gets into a room of which a commit failed while they were being let in: they come back to one that is read from the log', async () => {
  const log = new HeldLog();
  const { relay, document, writer, raw } = await open({ log });
  const author = await writer(alice);
  const key = `${benoit.person.id}/${document}`;
  const [first, second] = [Promise.withResolvers<'author'>(), Promise.withResolvers<'author'>()];
  relay.roles.set(key, first.promise);
  const late = raw(benoit);
  await retryUntil('the socket to be open', () => late.socket.readyState === late.socket.OPEN);
  // Rights change meanwhile: with the room in hand, the relay asks again.
  const rechecked = relay.documents.recheckAccess(document);
  relay.roles.set(key, second.promise);
  first.resolve('author');
  await rechecked;
  log.failing = true;
  author.write('perdu');
  await author.closed;
  log.failing = false;
  second.resolve('author');
  expect(await late.closed).toEqual({ code: 4503, reason: 'storage_failed' });
  relay.roles.delete(key);
  expect((await raw(benoit).join()).getText('text').toJSON()).toBe('');
});

test('[R8] stopping closes sockets with 1012 and stores what is pending', async () => {
  const log = new HeldLog();
  const { relay, document, writer } = await open({ log });
  const author = await writer(alice);
  log.held = true;
  author.write('juste avant');
  await retryUntil('the commit to begin', () => log.waiting.length === 1);
  const stopped = relay.documents.close();
  expect((await author.closed).code).toBe(1012);
  log.waiting[0]?.();
  await stopped;
  expect(await storedText(relay, document)).toBe('juste avant');
});
