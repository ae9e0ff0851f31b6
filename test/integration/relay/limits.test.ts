import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeAwareness, encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { limits as wireLimits } from '#shared/protocol/messages.ts';
import { createDocuments } from '#server/room/createDocuments.ts';
import { relayLimits } from '#server/room/RelayLimits.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { attachWebSocket } from '#server/ws/attachWebSocket.ts';
import { TicketOffice } from '#server/ws/TicketOffice.ts';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { testId } from '../../support/newRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText, typed } from './support.ts';
import { startOwnClock } from '../../support/ownClock.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

test('the limits are those of the threat model', () => {
  expect(wireLimits).toMatchObject({
    maxFrameBytes: 8 * MiB,
    maxUpdateBytes: 4 * MiB,
    maxAwarenessBytes: 4 * KiB,
    maxPartBytes: 256 * KiB,
    ticketLifeMs: 30_000,
    relayPingMs: 25_000,
  });
  expect(relayLimits).toMatchObject({
    maxUpdateBytes: 4 * MiB,
    maxAwarenessBytes: 4 * KiB,
    maxStringBytes: 256 * KiB,
    maxDocumentBytes: 20 * MiB,
    updatesPerSecond: 60,
    updateBurst: 300,
    presencePerSecond: 15,
    maxUnstoredFrames: 128,
    maxUnstoredBytes: 8 * MiB,
    dropPresenceBytes: MiB,
    maxQueuedBytes: 4 * MiB,
    slowMs: 10_000,
    socketsPerPerson: 40,
    openingsPerSecond: 5,
    openingBurst: 100,
    openingWaitMs: 5_000,
    pingMs: 25_000,
  });
});

test('[R53] compression is not agreed to', async () => {
  const { relay, document } = await open();
  const protocols = ['calepin.1', `ticket.${relay.ticket(document, { wire: 'calepin.1' })}`];
  const socket = new WebSocket(`${relay.url}/${document}`, protocols, { perMessageDeflate: true });
  await once(socket, 'open');
  expect(socket.extensions).toBe('');
  socket.terminate();
});

test('[R53] a frame of more than 8 MiB closes with 1009, also in pieces; one of just that is looked at', async () => {
  const { writer } = await open();
  const [whole, parts, fits] = [await writer(alice), await writer(alice), await writer(benoit)];
  whole.send(new Uint8Array(8 * MiB + 1));
  expect((await whole.closed).code).toBe(1009);
  for (let n = 0; n < 9; n++) parts.socket.send(new Uint8Array(MiB), { fin: false });
  expect((await parts.closed).code).toBe(1009);
  fits.send(new Uint8Array(8 * MiB).fill(0x80));
  expect((await fits.closed).code).toBe(4400);
});

test('[R53] a message in more than 64 pieces closes the connection, one in 64 does not', async () => {
  const { writer } = await open();
  const [many, few] = [await writer(alice), await writer(benoit)];
  const pieces = (client: typeof many, count: number): void => {
    for (let n = 1; n <= count; n++)
      client.socket.send(new Uint8Array(n < count ? 0 : 2).fill(19), { fin: n === count });
  };
  pieces(many, 66);
  expect((await many.closed).code).toBe(1008);
  pieces(few, 64);
  expect(await few.hear('pong')).toMatchObject({ number: 19 });
});

/** A relay that never says whether it lets somebody in, until it is told to. */
async function undecided() {
  const documents = createDocuments({
    log: new MemoryUpdateLog(),
    logger: pino({ level: 'silent' }),
    roleOf: () => 'author',
  });
  const server = createServer();
  let isStuck = true;
  const options = { documents, tickets: new TicketOffice(), origins: [], logger: pino({ level: 'silent' }) };
  const sockets = attachWebSocket(server, {
    ...options,
    authenticate: () => (isStuck ? new Promise(() => null) : null),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await documents.close();
    await sockets.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const knock = () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${testId<DocumentId>(1)}`, ['calepin.1']);
    const { promise, resolve } = Promise.withResolvers<number>();
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    // Hung up without an answer.
    socket.on('error', () => resolve(0));
    return promise;
  };
  return {
    knock,
    decide: () => {
      isStuck = false;
    },
  };
}

test('[R54] of more than 200 openings at a time the last are answered 503; one that takes 5 s is hung up on, and makes room', async () => {
  const { knock, decide } = await undecided();
  const [before, stop] = [performance.now(), startOwnClock()];
  const stuck = Array.from({ length: 200 }, knock);
  await retryUntil('the 201st to be refused', async () => (await Promise.race([knock(), stuck[0]])) === 503);
  expect(await Promise.all(stuck)).toEqual(stuck.map(() => 0));
  expect(performance.now() - before).toBeGreaterThan(4_900);
  expect(stop()).toBeLessThan(9_000);
  decide();
  expect(await knock()).toBe(401);
});

test('[R54] whoever sends a request’s head for longer than 5 s is hung up on', async () => {
  const full = await newFullRelay();
  onTestFinished(() => full.close());
  const socket = connect(Number(new URL(full.url).port), '127.0.0.1');
  socket.write('GET /sync/x HTTP/1.1\r\nHost: 127.0.0.1\r\n');
  const tookMs = startOwnClock();
  socket.resume();
  await once(socket, 'close');
  expect(tookMs()).toBeLessThan(9_000);
});

class HeldLog extends MemoryUpdateLog {
  readonly waiting: (() => void)[] = [];
  held = false;

  override async append(...[rows, alongside]: Parameters<MemoryUpdateLog['append']>) {
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return super.append(rows, alongside);
  }

  release(): void {
    this.held = false;
    for (const go of this.waiting) go();
  }
}

test.each([
  ['frames', { maxUnstoredFrames: 128 }, 128],
  ['bytes', { maxUnstoredBytes: 1_000 }, 20],
] as const)(
  '[R51] reading pauses when too many %s of a session are not on the disk, and goes on when they are',
  async (_, limits, fits) => {
    const log = new HeldLog();
    const { relay, document, writer } = await open({ log, limits });
    const [author, other] = [await writer(alice), await writer(benoit)];
    log.held = true;
    // Each is an update of less than 30 bytes.
    for (let n = 0; n < fits; n++) author.write('x');
    author.send(encodePing(1));
    await author.hear('pong');
    for (let n = 0; n < 100; n++) author.write('y');
    // What came in one piece with it is still taken; the answer to somebody else says that it was.
    for (const count of [1, 2]) {
      other.send(encodePing(3));
      await other.hear('pong', count);
    }
    author.send(encodePing(2));
    for (const count of [3, 4]) {
      other.send(encodePing(4));
      await other.hear('pong', count);
    }
    expect(author.heard.filter((one) => one.kind === 'pong').length).toBe(1);
    log.release();
    await author.stored(fits + 100);
    await author.hear('pong', 2);
    expect((await storedText(relay, document)).length).toBe(fits + 100);
  },
);

test('[R51] the first 300 updates are taken at once, then 60 a second', async () => {
  const { writer } = await open();
  const author = await writer(alice);
  const before = performance.now();
  for (let n = 0; n < 360; n++) author.write('x');
  await author.stored(300);
  await author.stored(360);
  // Whatever came in one piece with the 300th was taken too; what is sent now waits until all of it has had its time.
  author.write('x');
  await author.stored(361);
  expect(performance.now() - before).toBeGreaterThan(900);
});

test('[R51] of 200 presences in a moment about 15 arrive', async () => {
  const { writer } = await open();
  const [author, reader] = [await writer(alice), await writer(benoit)];
  for (let clock = 1; clock <= 200; clock++)
    author.send(encodeAwareness([{ client: 7, clock, state: '{}' }]));
  const clocks = (): number[] =>
    reader.heard.flatMap((one) => (one.kind === 'awareness' ? one.entries.map(({ clock }) => clock) : []));
  await retryUntil('the newest', () => clocks().includes(200));
  expect(clocks().length).toBeLessThan(25);
});

test('[R52] the 41st socket of a person is closed with 4529, and one that goes makes room', async () => {
  const { raw, writer, relay } = await open();
  const sockets = await Promise.all(Array.from({ length: 40 }, () => writer(alice)));
  expect((await raw(alice).closed).code).toBe(4529);
  await writer(benoit);
  sockets[0]?.socket.terminate();
  await retryUntil('it to be gone', () => relay.documents.stats().connections === 40);
  await writer(alice);
});

test('[R57] who has a hundred documents open has all of them back at once after the link broke', async () => {
  const { relay } = await open({ limits: { socketsPerPerson: 100 } });
  const documents = await Promise.all(Array.from({ length: 100 }, (_, n) => relay.newDocument(100 + n)));
  const connect = (document: DocumentId) =>
    rawClient(relay.url, document, relay.ticket(document, { ...alice, wire: 'calepin.1' }));
  const clients = documents.map(connect);
  await Promise.all(clients.map((client) => client.join()));
  expect(clients.map(({ socket }) => socket.readyState)).toEqual(clients.map(() => WebSocket.OPEN));
  for (const { socket } of clients) socket.terminate();
});

test('[R57] who opens too fast waits, unread, and nothing is lost; who would wait too long is closed with 4529; nobody else notices', async () => {
  const { relay, document, raw, writer } = await open({
    limits: { openingsPerSecond: 1, openingBurst: 2, openingWaitMs: 2_500 },
  });
  const [one, two] = [await writer(alice), await writer(alice)];
  const [waits, waitsToo] = [raw(alice), raw(alice)];
  await Promise.all([waits, waitsToo].map(({ socket }) => once(socket, 'open')));
  waits.send(encodeUpdate(typed('attendu', 7)));
  expect(await raw(alice).closed).toEqual({ code: 4529, reason: 'too_many_openings' });
  // Neither somebody else nor what is open waits.
  const other = await writer(benoit);
  one.write('a');
  await one.stored(1);
  two.write('b');
  await two.stored(1);
  other.send(encodePing(1));
  await other.hear('pong');
  expect(waits.heard).toEqual([]);
  await waits.stored(1);
  await waitsToo.join();
  expect(await storedText(relay, document)).toContain('attendu');
});

test('[R57] who goes away while waiting is not let in', async () => {
  const { relay, raw } = await open({ limits: { openingsPerSecond: 2, openingBurst: 1 } });
  await raw(alice).join();
  const gone = raw(alice);
  await once(gone.socket, 'open');
  relay.documents.closeSession('session');
  expect((await gone.closed).code).toBe(4401);
  await retryUntil('nobody to be there', () => relay.documents.stats().connections === 0);
  expect(gone.heard).toEqual([]);
});

test('[R55] a socket that leaves two pings unanswered is ended; one that answers stays', async () => {
  const { relay, document, writer } = await open({ limits: { pingMs: 100 } });
  const stays = await writer(benoit);
  const protocols = ['calepin.1', `ticket.${relay.ticket(document, { ...alice, wire: 'calepin.1' })}`];
  const dead = new WebSocket(`${relay.url}/${document}`, protocols, { autoPong: false });
  let pings = 0;
  dead.on('ping', () => pings++);
  const [code] = (await once(dead, 'close')) as [number];
  expect([code, pings]).toEqual([1006, 2]);
  stays.send(encodePing(1));
  await stays.hear('pong');
});

test('[R56] a document takes no more than its limit: what would go beyond is refused with 4422, and it can still be made smaller', async () => {
  const { relay, document, writer } = await open({ limits: { maxDocumentBytes: 2_000 } });
  const author = await writer(alice);
  author.write('x'.repeat(1_500));
  await author.stored(1);
  author.send(encodeUpdate(typed('y'.repeat(1_000))));
  expect(await author.hear('refused')).toMatchObject({ code: 4422, reason: 'document_too_large' });
  author.doc.getText('text').delete(0, 1_400);
  await author.stored(3);
  expect(await storedText(relay, document)).toBe('x'.repeat(100));
  expect(Y.encodeStateAsUpdate(author.doc).length).toBeLessThan(2_000);
});
