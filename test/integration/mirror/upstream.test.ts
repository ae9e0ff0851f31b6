import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { Ticket } from '#shared/api/tickets.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { type Computer, homeId, newComputer, newHome, newNoteOf } from '../../support/newMirroring.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';

async function begin() {
  const home = await newHome();
  const ada = await home.administrator();
  const note = await newNoteOf(ada, 'Ruche');
  const computer = await newComputer(home, ada);
  await computer.mirror.keep(note, 'note', homeId, 'opened');
  return { home, ada, note, computer };
}

/** A client of the application's wire at the computer's relay, that writes a letter at a time. */
async function openHere({ full, me }: Computer, note: NoteId) {
  const { ticket } = await me.json<Ticket>('POST', '/api/tickets', { document: note, wire: 'calepin.1' });
  const client = rawClient(full.url.replace('http', 'ws') + '/sync', note, ticket);
  onTestFinished(() => client.socket.terminate());
  const doc = await client.join();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return {
    client,
    doc,
    write: (letter: string): void => {
      titleOf(doc).insert(titleOf(doc).length, letter);
      client.send(encodeUpdate(updates.pop() as Uint8Array));
    },
  };
}

const upstreamOf = ({ heard }: RawClient): number[] =>
  heard.flatMap((one) => (one.kind === 'upstream' ? [one.settled] : []));

test('[R278] who has a copy open is told which of their frames its home has: none at first, and never more than are stored here', async () => {
  const { note, computer } = await begin();
  const { client, write } = await openHere(computer, note);
  await client.hear('upstream');
  await client.hear('hello');
  // Before: at hello a client knows whether its relay is the home.
  expect(client.heard.findIndex(({ kind }) => kind === 'upstream')).toBe(
    client.heard.findIndex(({ kind }) => kind === 'hello') - 1,
  );
  write('a');
  write('b');
  await retryUntil('both to be there', () => upstreamOf(client).at(-1) === 2);
  let stored = 0;
  const tooMuch = client.heard.filter((one) => {
    if (one.kind === 'stored') stored = one.settled;
    return one.kind === 'upstream' && one.settled > stored;
  });
  expect(tooMuch).toEqual([]);
});

test('[R278] what waits for the way to the home is stored here and not told to be there; sent again it is told no earlier', async () => {
  const { note, computer } = await begin();
  computer.proxy.cut();
  await retryUntil('the cut', () => computer.mirror.state(note)?.reachable === false);
  const { client, doc, write } = await openHere(computer, note);
  write('a');
  write('b');
  await client.stored(2);
  client.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await client.stored(3);
  expect(upstreamOf(client)).toEqual([0]);
  const later = await openHere(computer, note);
  later.client.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await later.client.stored(1);
  expect(upstreamOf(later.client)).toEqual([0]);
  computer.proxy.mend();
  computer.mirror.retry();
  await retryUntil('all to be there', () => upstreamOf(client).at(-1) === 3);
  await retryUntil('the other to be told', () => upstreamOf(later.client).at(-1) === 1);
});

test('[R278] at its home nobody is told of another', async () => {
  const { home, ada, note } = await begin();
  const { ticket } = await ada.json<Ticket>('POST', '/api/tickets', { document: note, wire: 'calepin.1' });
  const client = rawClient(home.url.replace('http', 'ws') + '/sync', note, ticket);
  onTestFinished(() => client.socket.terminate());
  client.send(encodeStep1(Uint8Array.of(0)));
  await client.hear('hello');
  await client.hear('access');
  expect(upstreamOf(client)).toEqual([]);
});

test('[R279] a client is told to have a copy up to the last row that is the home’s: those behind it may get other numbers', async () => {
  const { home, note, computer } = await begin();
  computer.proxy.cut();
  await retryUntil('the cut', () => computer.mirror.state(note)?.reachable === false);
  const { client, write } = await openHere(computer, note);
  write('a');
  await client.stored(1);
  const { client: next } = await openHere(computer, note);
  const there = (await home.log.head(note))?.seq;
  expect((await next.hear('hello')).seq).toBe(there);
  expect(await computer.full.log.head(note)).toMatchObject({ seq: (there ?? 0) + 1, homeSeq: there });
});
