import process from 'node:process';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { parseUpdate } from '#server/room/update/parseUpdate.ts';
import { trimUpdate } from '#server/room/update/trimUpdate.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText, typed } from './support.ts';

/** As many structs as fit: letters of one client in a text, each after the one before, as somebody types who deletes between. */
function letters(client: number, count: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, count, client, 0]) encoding.writeVarUint(encoder, number);
    for (let index = 0; index < count; index++) {
      encoding.writeUint8(encoder, index === 0 ? 4 : 4 | 128);
      encoding.writeVarUint(encoder, index === 0 ? 1 : client);
      if (index === 0) encoding.writeVarString(encoder, 'text');
      else encoding.writeVarUint(encoder, index - 1);
      encoding.writeVarString(encoder, 'a');
    }
    encoding.writeVarUint(encoder, 0);
  });
}

/** As many deletions as fit, of every second letter. */
function deletions(client: number, count: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [0, 1, client, count]) encoding.writeVarUint(encoder, number);
    for (let index = 0; index < count; index++) {
      encoding.writeVarUint(encoder, index * 2);
      encoding.writeVarUint(encoder, 1);
    }
  });
}

/** Processor time of this thread since. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since);
  return (user + system) / 1000;
}

test('[R27] several MiB of the smallest structs and deletions, known in part, hold the event loop up for less than 250 ms', async () => {
  const { relay, document, writer } = await open({ limits: { readMs: 30_000 } });
  const [bomber, other] = [await writer(alice), await writer(benoit)];
  const bomb = letters(9, 560_000);
  expect(bomb.length).toBeGreaterThan(3.5 * 1024 * 1024);
  const frames = [encodeUpdate(letters(9, 2)), encodeUpdate(bomb), encodeUpdate(deletions(9, 250_000))];
  // What it costs to read it here: the event loop is not to be held up for as long.
  const before = process.threadCpuUsage();
  const parsed = parseUpdate(bomb, { maxStringBytes: Infinity });
  trimUpdate(bomb, parsed, { structs: [{ client: 9, from: 2, to: 560_000 }], deletes: [], whole: false });
  const inline = milliseconds(before);
  // What one turn of the event loop costs, whatever else this machine does.
  let longest = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    longest = Math.max(longest, milliseconds(last));
    last = process.threadCpuUsage();
  }, 1);
  for (const frame of frames) bomber.send(frame);
  other.write('moi aussi');
  await other.stored(1);
  await retryUntil(
    'the bomb',
    () => bomber.heard.some((one) => one.kind === 'stored' && one.settled === 3),
    60_000,
  );
  clearInterval(timer);
  expect(longest).toBeLessThan(Math.min(250, inline * 0.8));
  const rows = await relay.log.read(document, 0);
  expect(rows.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(bomb.length + 2 * 1024 * 1024);
});

test('[R27] what follows a large update on its connection is settled behind it, in order; others do not wait', async () => {
  const { relay, document, writer } = await open({ limits: { inlineUpdateBytes: 1_000, readMs: 30_000 } });
  const author = await writer(alice);
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => {
    author.send(encodeUpdate(update));
  });
  for (const part of ['un ', 'x'.repeat(5_000), ' deux', 'y'.repeat(5_000), ' trois']) {
    doc.getText('text').insert(doc.getText('text').length, part);
  }
  author.send(encodePing(7));
  await author.hear('pong');
  await author.stored(5);
  expect(author.heard.filter(({ kind }) => kind === 'step1' || kind === 'refused').length).toBe(1);
  expect((await relay.log.read(document, 0)).map(({ bytes }) => bytes.length > 1_000)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
  expect(await storedText(relay, document)).toBe(doc.getText('text').toJSON());
});

test('[R27] a large update that is known in part is stored once, also when more of it became known meanwhile', async () => {
  const { relay, document, writer } = await open({ limits: { inlineUpdateBytes: 1_000, readMs: 30_000 } });
  const [one, other] = [await writer(alice), await writer(alice)];
  const doc = new Y.Doc();
  const states: Uint8Array[] = [];
  for (const part of ['a'.repeat(3_000), 'b'.repeat(3_000), 'c'.repeat(3_000)]) {
    doc.getText('text').insert(doc.getText('text').length, part);
    states.push(Y.encodeStateAsUpdate(doc));
  }
  for (const state of states) {
    one.send(encodeUpdate(state));
    other.send(encodeUpdate(state));
  }
  await one.stored(3);
  await other.stored(3);
  expect(await storedText(relay, document)).toBe(doc.getText('text').toJSON());
  const rows = await relay.log.read(document, 0);
  expect(rows.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(9_200);
});

test.each([
  [
    'a reserved name',
    4422,
    () => {
      const doc = new Y.Doc();
      doc.getText('text').insert(0, 'x'.repeat(5_000));
      doc.getMap('map').set('__proto__', 1);
      return Y.encodeStateAsUpdate(doc);
    },
  ],
  ['a string too long', 4422, () => typed('x'.repeat(300_000))],
])('[R27] a large update with %s is refused with %d, and the connection goes on', async (_, code, bomb) => {
  const { relay, document, writer } = await open({ limits: { inlineUpdateBytes: 1_000, readMs: 30_000 } });
  const author = await writer(alice);
  author.send(encodeUpdate(bomb()));
  author.write('après');
  expect(await author.hear('refused')).toMatchObject({ index: 1, code });
  await author.stored(2);
  expect(await storedText(relay, document)).toBe('après');
});

test('[R27] a large update that is malformed closes with 4400, and one without its predecessor is asked for', async () => {
  const { relay, document, writer } = await open({ limits: { inlineUpdateBytes: 1_000, readMs: 30_000 } });
  const [bad, late] = [await writer(alice), await writer(benoit)];
  const state = typed('x'.repeat(5_000));
  bad.send(encodeUpdate(state.subarray(0, state.length - 1)));
  expect((await bad.closed).code).toBe(4400);
  const doc = new Y.Doc();
  doc.getText('text').insert(0, 'a');
  const before = Y.encodeStateVector(doc);
  doc.getText('text').insert(1, 'b'.repeat(5_000));
  late.send(encodeUpdate(Y.encodeStateAsUpdate(doc, before)));
  await late.hear('step1', 2);
  expect((await relay.log.head(document))?.seq).toBe(0);
});

test('[R27] what takes too long to read is refused with 4422, and the next is read', async () => {
  const { relay, document, writer } = await open({ limits: { readMs: 3, inlineUpdateBytes: 100_000 } });
  const author = await writer(alice);
  author.send(encodeUpdate(letters(9, 560_000)));
  expect(await author.hear('refused')).toMatchObject({ index: 1, code: 4422, reason: 'invalid_content' });
  author.write('après');
  await author.stored(2);
  expect(await storedText(relay, document)).toBe('après');
});
