import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import type { Session } from '#server/ws/Session.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { plugIn } from '../../support/plugIn.ts';
import { newRandom, type Random } from '../../support/random.ts';
import { type Heard, readHeard } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { rowsStoredBefore } from '../../support/storedBefore.ts';
import { alice, benoit, device } from '../relay/support.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const attempts = long ? 10_000 : 500;
const seed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const wide = { updatesPerSecond: 1e9, updateBurst: 1e9, presencePerSecond: 1e9, commitSpacingMs: 0 };
const aliceId = 7;
/** Named by Alice's presence, before anything was written with it. */
const aliceNextId = 8;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Alice wrote and is present, somebody looks on, and Benoît, who may write too, is not who he says. */
async function scene() {
  process.stdout.write(`forgery: ${attempts} attempts, seed ${seed}\n`);
  const relay = await newRelay({ limits: wide });
  onTestFinished(() => relay.close());
  const document = await relay.newDocument();
  const author = new Y.Doc();
  author.clientID = aliceId;
  author.getText('text').insert(0, 'écrit par Alice');
  const first = await plugIn(relay, document, { ...alice, device: device(1) });
  first.send(encodeUpdate(Y.encodeStateAsUpdate(author)));
  first.send(encodeAwareness([{ client: aliceId, clock: 5, state: '{"cursor":1}' }]));
  const second = await plugIn(relay, document, { ...alice, device: device(2) });
  second.send(encodeAwareness([{ client: aliceNextId, clock: 5, state: '{"cursor":2}' }]));
  const heard: Heard[] = [];
  const peer = await plugIn(relay, document, benoit, (message) => heard.push(readHeard(message.slice())));
  peer.send(encodeStep1(Uint8Array.of(0)));
  await retryUntil('her row', async () => (await relay.log.head(document))?.seq === 1);
  await turn();
  heard.length = 0;
  return { relay, document, author, heard, first };
}

/** An update of structs under these ids, each going on from what its author has. */
function forged(author: Y.Doc, ids: readonly number[], random: Random): Uint8Array {
  const copies = ids.map((id) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(author));
    doc.clientID = id;
    const text = doc.getText('text');
    const kind = random.int(4);
    if (kind === 0) text.insert(random.int(text.length), 'faux');
    else if (kind === 1) doc.getMap('map').set('a', { b: random.int(9) });
    else if (kind === 2) doc.getXmlFragment('default').insert(0, [new Y.XmlElement('paragraph')]);
    else {
      // Written and deleted again: only a deleted struct is left.
      text.insert(0, 'faux');
      text.delete(0, 4);
    }
    return Y.encodeStateAsUpdate(doc, random.int(2) === 0 ? Y.encodeStateVector(author) : undefined);
  });
  return Y.mergeUpdates(copies);
}

const forgers: readonly Partial<Session>[] = [
  benoit,
  { ...benoit, wire: 'y-sync.1' },
  { ...benoit, device: device(1) },
  { ...alice, device: device(3) },
  { person: null },
];

test(`[R23, R24] ${attempts} forged authors: nothing of it is stored or seen`, async () => {
  const { relay, document, author, heard } = await scene();
  const random = newRandom(seed);
  for (let n = 0; n < attempts; n++) {
    const forger = await plugIn(relay, document, random.pick(forgers));
    // Under Alice's id, the one that she announced, or both beside an id of the forger's own.
    const ids = random.pick([[aliceId], [aliceNextId], [aliceId, aliceNextId], [100_000 + n, aliceId]]);
    const update = forged(author, ids, random);
    forger.send(random.int(2) === 0 ? encodeUpdate(update) : encodeStep2(update));
    forger.leave();
    if (n % 50 === 0) await turn();
  }
  expect(await rowsStoredBefore(relay, document)).toBe(1);
  // The one row that everybody was waited for with.
  expect(heard.filter((one) => one.kind === 'update').length).toBe(1);
  expect(relay.logged.some((line) => line['reason'] === 'client_id_of_another')).toBe(true);
});

const pretended = { id: alice.person.id, name: 'Alice', colour: 'azur' };

function forgedPresence(random: Random, n: number): Uint8Array {
  const own = { client: 100_000 + n, clock: 1, state: JSON.stringify({ user: pretended }) };
  const clock = random.pick([4, 5, 6, 7, 1_000]);
  const state = random.pick(['null', '{}', JSON.stringify({ user: pretended }), '{"cursor":9}']);
  const hers = { client: random.pick([aliceId, aliceNextId]), clock, state };
  return encodeAwareness(
    random.pick([
      [hers],
      [own, hers],
      [hers, own],
      [own],
      [own, { ...own, client: own.client + 1 }],
      [hers, hers],
    ]),
  );
}

test(`[R24, R30, R31] ${attempts} forged presences: none is seen as anybody else's, nobody is made to leave`, async () => {
  const { relay, document, heard } = await scene();
  const random = newRandom(seed);
  const mine = new Set<number>();
  for (let n = 0; n < attempts; n++) {
    const forger = await plugIn(relay, document, random.pick(forgers.slice(0, 3)));
    forger.send(forgedPresence(random, n));
    mine.add(100_000 + n);
    forger.leave();
    await turn();
  }
  await turn();
  const entries = heard.flatMap((one) => (one.kind === 'awareness' ? one.entries : []));
  expect(entries.length).toBeGreaterThan(attempts / 10);
  for (const { client, state } of entries) {
    expect(mine.has(client) || mine.has(client - 1), `client ${client}`).toBe(true);
    const shown = JSON.parse(state) as { user?: { id: string } } | null;
    expect([undefined, benoit.person.id]).toContain(shown?.user?.id);
  }
  expect(await whoIsThere(relay, document)).toEqual([aliceId, aliceNextId]);
  expect(await rowsStoredBefore(relay, document)).toBe(1);
});

async function whoIsThere(relay: TestRelay, document: DocumentId): Promise<number[]> {
  const heard: Heard[] = [];
  const plug = await plugIn(relay, document, benoit, (message) => heard.push(readHeard(message.slice())));
  plug.send(Uint8Array.of(3));
  await retryUntil('the answer', () => heard.length > 0);
  plug.leave();
  return heard.flatMap((one) => (one.kind === 'awareness' ? one.entries.map(({ client }) => client) : []));
}
