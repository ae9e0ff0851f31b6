import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { WebSocket } from 'ws';
import type { DocumentId } from '#shared/domain/ids.ts';
import { visibilities } from '#shared/domain/Visibility.ts';
import { opens, policy, type Relation, type SubjectPolicy } from '#shared/permissions/policy.ts';
import {
  encodeAwareness,
  encodePing,
  encodeQueryAwareness,
  encodeStep2,
  encodeUpdate,
} from '#shared/protocol/encodeMessage.ts';
import { messageTypes, syncTypes } from '#shared/protocol/messages.ts';
import { encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import { newId } from '#server/secrets.ts';
import { mirrorClient } from '../../../support/mirrorClient.ts';
import { type RawClient, rawClient } from '../../../support/rawClient.ts';
import { retryUntil } from '../../../support/retryUntil.ts';
import { typed } from '../../relay/support.ts';
import { type MatrixHouse, newMatrixHouse, unknownId, type Who } from './matrixHouse.ts';

// Every kind of frame × everybody × every visibility, from a client that keeps to nothing. What each is told; and what the log holds of it in the end.

// Thousands of requests: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let house: MatrixHouse;
beforeAll(async () => {
  house = await newMatrixHouse();
});
afterAll(() => house.close());

const socketsUrl = (): string => `${house.home.full.url.replace('http', 'ws')}/sync`;
type Wire = 'calepin.1' | 'y-sync.1';

/** A socket on a ticket of their own; or null where they get none. */
async function connect(who: Who, document: DocumentId, wire: Wire = 'calepin.1'): Promise<RawClient | null> {
  const answer = await who.fetch('/api/tickets', { method: 'POST', json: { document, wire } });
  const { ticket } = (await answer.json()) as { ticket?: string };
  return ticket === undefined ? null : rawClient(socketsUrl(), document, ticket, { wire });
}

/** Frames that a client never sends, or not on such a socket, or that are no frames at all. */
const misfits: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(
    (
      [
        'auth',
        'stored',
        'refused',
        'access',
        'pong',
        'hello',
        'position',
        'proof',
        'open',
        'close',
        'closed',
        'attributed',
        'upstream',
      ] as const
    ).map((name) => [name, Uint8Array.of(messageTypes[name], 0)]),
  ),
  'an unknown type': Uint8Array.of(25, 0),
  'a type of two bytes': Uint8Array.of(0x80, 0x01),
  'an unknown part of sync': Uint8Array.of(messageTypes.sync, syncTypes.update + 1, 0),
  'a truncated update': encodeUpdate(typed('x')).slice(0, -2),
  'an update with something after it': Uint8Array.of(...encodeUpdate(typed('x')), 0),
  nothing: new Uint8Array(),
};
/** On a stock wire, also what only our own client speaks. */
const misfitsOnStock: Readonly<Record<string, Uint8Array>> = {
  ping: encodePing(1),
  batch: encodeBatch([{ deviceTime: 1, update: typed('x') }]),
};

/** Presence of a client id, under a name that is not theirs. */
const forged = (client: number): Uint8Array =>
  encodeAwareness([{ clientId: client, clock: 1, state: { user: { name: 'Une autre' } } } as never]);

const cells = (['note', 'carnet', 'base'] as const).flatMap((kind) =>
  visibilities.map((visibility) => [kind, visibility] as const),
);

test.each(cells)('of a %s that is visible to: %s', async (kind, visibility) => {
  const one = policy[kind] as unknown as SubjectPolicy;
  const document = (await house.make[kind](visibility)).id as DocumentId;
  const { log, documents } = house.home.full.relay.operations;
  const wrote = await house.home.guest('Autre');
  let victim = 0;
  await documents.change(document, { person: wrote.id, operation: 'test' }, (doc) => {
    victim = doc.clientID;
    doc.getText('text').insert(0, 'De quelqu’un d’autre');
  });
  const wrong: string[] = [];
  const meant = new Map<Relation, number>();

  const attack = async (relation: Relation): Promise<void> => {
    const who = house.as(relation);
    const level = one.relations[relation]![visibility];
    const [reads, writes] = [opens(one, level, 'read'), opens(one, level, 'write')];
    const check = (what: string, found: unknown, wanted: unknown): void => {
      if (found !== wanted) wrong.push(`${relation}, ${what}: ${String(found)}, not ${String(wanted)}`);
    };
    let rows = 0;

    // Without a ticket, with one that was made up, and with a good one for something else.
    const own =
      who.id === null
        ? null
        : (await who.json<{ note: { id: DocumentId } }>('POST', '/api/notes', { title: 'À soi' })).note.id;
    const elsewhere = own === null ? null : await ticketFor(who, own);
    for (const ticket of ['', 'A'.repeat(43), ...(elsewhere === null ? [] : [elsewhere])]) {
      const client = rawClient(socketsUrl(), document, ticket);
      check('a ticket that is not', (await client.closed).code, 401);
    }

    const client = await connect(who, document);
    check('a ticket', client !== null, reads);
    if (client !== null) {
      const doc = await client.join();
      check('the text', doc.getText('title').toJSON() !== '' || kind !== 'note', true);
      client.send(encodePing(7));
      check('ping', (await client.hear('pong')).number, 7);
      client.send(encodeQueryAwareness());
      // Nothing new: accepted in silence.
      client.send(encodeStep2(Uint8Array.of(0, 0)));
      client.send(encodeUpdate(typed('x')));
      client.send(encodeStep2(typed('y')));
      client.send(encodeBatch([{ deviceTime: 1, update: typed('z') }]));
      await client.stored(4);
      const codes = client.heard.flatMap((heard) => (heard.kind === 'refused' ? [heard.code] : []));
      check('update, step 2 and batch', codes.join(), writes ? '' : '4403,4403,4403');
      if (writes) rows += 3;
      // What somebody else wrote, said again under their client id, with more.
      const stolen = new Y.Doc();
      Y.applyUpdate(stolen, Y.encodeStateAsUpdate(doc));
      stolen.clientID = victim;
      const before = Y.encodeStateVector(stolen);
      stolen.getText('text').insert(0, 'volé ');
      client.send(encodeUpdate(Y.encodeStateAsUpdate(stolen, before)));
      await client.stored(5);
      const refusals = client.heard.filter(({ kind: said }) => said === 'refused').length;
      check('another’s client id', refusals, writes ? 1 : 4);
      client.send(forged(victim));
      client.send(encodePing(8));
      await Promise.race([client.hear('pong', 2), client.closed]);
      client.socket.terminate();

      await Promise.all(
        Object.entries(misfits).map(async ([name, frame]) => {
          const other = await connect(who, document);
          other!.send(frame);
          check(name, (await other!.closed).code, 4400);
        }),
      );
      const talker = await connect(who, document);
      talker!.send('bonjour');
      check('a text frame', (await talker!.closed).code, 1003);

      for (const [name, frame] of Object.entries(misfitsOnStock)) {
        const other = await connect(who, document, 'y-sync.1');
        other!.send(frame);
        check(`${name} on a stock wire`, (await other!.closed).code, 4400);
      }
      for (const [name, frame] of Object.entries({
        update: encodeUpdate(typed('s')),
        'step 2': encodeStep2(typed('t')),
      })) {
        const stock = await connect(who, document, 'y-sync.1');
        await stock!.join();
        stock!.send(frame);
        if (writes) rows++;
        else check(`${name} on a stock wire`, (await stock!.closed).code, 4403);
        // Asked again: what was sent before was taken, or never will be.
        if (writes) await retryUntil('it to be stored', async () => (await rowsOf(who)) >= rows);
        stock!.socket.terminate();
      }
    }
    rows += await mirror(who, reads, writes, check);
    meant.set(relation, rows);
  };

  /** The same on a mirror's socket. @returns how many rows it stores. */
  async function mirror(
    who: Who,
    reads: boolean,
    writes: boolean,
    check: (what: string, found: unknown, wanted: unknown) => void,
  ): Promise<number> {
    const json = { device: 'AAAAAAAAAAAAAAAAAAAAAB' };
    const answer = await who.fetch('/api/tickets/mirror', { method: 'POST', json });
    check('a ticket of a mirror', answer.ok, who.id !== null);
    if (!answer.ok) return 0;
    const client = mirrorClient(socketsUrl(), ((await answer.json()) as { ticket: string }).ticket);
    const [asked, unknown] = [client.on(document), client.on(newId<DocumentId>())];
    // Before it is open: passed over.
    asked.send(encodeUpdate(typed('a')));
    asked.open({ schema: 99 });
    unknown.open({ schema: 99 });
    const refusal = await unknown.hear('closed');
    if (reads) {
      await asked.hear('opened');
      asked.send(encodeUpdate(typed('b')));
      asked.send(encodeBatch([{ deviceTime: 1, update: typed('c') }]));
      await asked.stored(2);
      const codes = asked.heard.flatMap((heard) => (heard.kind === 'refused' ? [heard.code] : []));
      check('writing on a mirror’s socket', codes.join(), writes ? '' : '4403,4403');
    } else {
      const { code, reason } = await asked.hear('closed');
      check('opening on a mirror’s socket', `${code} ${reason}`, `4403 ${refusal.reason}`);
    }
    client.socket.terminate();
    return writes ? 2 : 0;
  }

  const rowsOf = async (who: Who): Promise<number> =>
    (await log.read(document, start)).filter(({ person }) => person === who.id).length;
  const start = (await log.head(document))!.seq;
  const everybody = Object.keys(one.relations) as Relation[];
  await Promise.all(everybody.map(attack));
  expect(wrong).toEqual([]);
  const stored = await Promise.all(everybody.map((relation) => rowsOf(house.as(relation))));
  expect(stored).toEqual(everybody.map((relation) => meant.get(relation)));
});

async function ticketFor(who: Who, document: DocumentId): Promise<string> {
  const json = { document, wire: 'calepin.1' };
  return (await who.json<{ ticket: string }>('POST', '/api/tickets', json)).ticket;
}

test('a socket of who is refused, and of what does not exist, is answered alike', async () => {
  const { id } = await house.make.note('authors');
  const answerTo = (document: string): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = new WebSocket(`${socketsUrl()}/${document}`, ['calepin.1', `ticket.${'A'.repeat(43)}`]);
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      resolve(`${response.statusCode} ${response.rawHeaders.join()}`);
      socket.terminate();
    });
    return promise;
  };
  expect(await answerTo(id)).toBe(await answerTo(unknownId));
});
