import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import { newClient } from '../../support/newClient.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { newRandom, type Random } from '../../support/random.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { faultsOfLog } from '../../support/storedOnce.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';
import { randomEdit, shown } from '../convergence/randomEdit.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const schedules = Number(process.env['CALEPIN_SCHEDULES'] ?? (long ? 500 : 15));
/** Schedules mostly wait: for a link to be found dead, for the next try. */
const atOnce = long ? 25 : 15;
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Party {
  readonly proxy: TcpProxy;
  readonly doc: DocumentSession['doc'];
  readonly isSaved: () => boolean;
  /** Somebody came back to the window: a client that waits to try again tries now. */
  readonly nudge: () => void;
  /** The page is loaded anew, where the wait for a dead link is long. */
  readonly reload: () => void;
  readonly close: () => Promise<void> | void;
}

/** Somebody with our own client, behind a link of their own. */
async function withSession(relay: TestRelay, document: DocumentId, n: number): Promise<Party> {
  const proxy = await TcpProxy.start(relay.port);
  const person = { id: testId<PersonId>(n), name: `Personne ${n}`, colour: 'azur' as const };
  const head = await relay.log.head(document);
  if (head === null) throw new Error('no document');
  const { epoch } = head;
  const session = new DocumentSession({
    documentId: document,
    kind: 'note',
    origin: `http://127.0.0.1:${proxy.port}`,
    store: new MemoryOfflineStore({ durable: true }),
    person,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    random: () => 0,
    api: {
      requestTicket: (asked) => {
        if (proxy.isCut) return Promise.reject(new TypeError('fetch failed'));
        const values = {
          person,
          wire: 'calepin.1',
          device: asked.device as never,
          epoch: asked.epoch ?? null,
        };
        const ticket = relay.ticket(document, values as never);
        return Promise.resolve({ ticket, role: 'author', epoch, schemaVersion: 1 });
      },
    },
  });
  return {
    proxy,
    doc: session.doc,
    isSaved: () => session.saveState.kind === 'saved' && session.problem === null,
    nudge: () => session.retryNow(),
    // It finds a dead link by itself in seconds.
    reload: () => {},
    close: () => session.close(),
  };
}

/** Somebody with a stock y-websocket client. */
async function withStockClient(relay: TestRelay, document: DocumentId, n: number): Promise<Party> {
  const proxy = await TcpProxy.start(relay.port);
  const url = `ws://127.0.0.1:${proxy.port}/sync`;
  const person = { id: testId<PersonId>(n), name: `Personne ${n}`, colour: 'prune' };
  const client = newClient(url, document, relay.ticket(document, { person }));
  const nudge = (): void => {
    if (client.provider.ws === null) client.reconnect(url, relay.ticket(document, { person }));
  };
  return {
    proxy,
    doc: client.doc,
    isSaved: () => client.provider.synced,
    nudge,
    reload: () => {
      client.provider.disconnect();
      nudge();
    },
    close: () => client.close(),
  };
}

function breakLink({ proxy }: Party, random: Random): void {
  const fault = random.int(6);
  if (fault === 0) proxy.cut();
  else if (fault === 1) proxy.hold('toRelay');
  else if (fault === 2) proxy.hold('toClient');
  else if (fault === 3) proxy.halfOpen('client');
  else if (fault === 4) proxy.halfOpen('relay');
  else proxy.slow();
}

/** One schedule of broken links. @returns what went wrong; empty when nothing did. */
async function run(relay: TestRelay, document: DocumentId, seed: number): Promise<string[]> {
  const random = newRandom(seed);
  const parties = [
    ...(await Promise.all([1, 2, 3].map((n) => withSession(relay, document, n)))),
    await withStockClient(relay, document, 4),
  ];
  try {
    await retryUntil('everyone to be there', () => parties.every((one) => one.isSaved()), 30_000);
    for (let step = 0; step < 12; step++) {
      for (const { doc } of parties)
        for (let times = random.int(3); times > 0; times--) randomEdit(doc, random);
      const party = random.pick(parties);
      if (random.int(3) === 0) party.proxy.mend();
      else breakLink(party, random);
      if (random.int(2) === 0) random.pick(parties).nudge();
      await sleep(random.int(120));
    }
    for (const { proxy, reload } of parties) {
      proxy.mend();
      // y-websocket takes 30 s to find out; the long run gives it that.
      if (!long) reload();
    }
    const stored = async (): Promise<string> => {
      const read = await relay.documents.read(document);
      return JSON.stringify(read === null ? null : shown(read.doc));
    };
    await retryUntil(
      'everyone to be equal to the log',
      async () => {
        for (const party of parties) party.nudge();
        if (!parties.every((one) => one.isSaved())) return false;
        const expected = await stored();
        return parties.every(({ doc }) => JSON.stringify(shown(doc)) === expected);
      },
      // Who waits for the state on a link that broke under it gives up after a minute.
      90_000,
    );
    return await faultsOfLog(relay.log, document);
  } catch (error) {
    const states = parties.map((one, n) => `${n}: ${one.isSaved() ? 'saved' : 'not saved'}`);
    return [`${error instanceof Error ? error.message : String(error)} (${states.join(', ')})`];
  } finally {
    for (const party of parties) {
      await party.close();
      await party.proxy.close();
    }
  }
}

test(`[R1, R2, R22] ${schedules} schedules of links that are cut, deaf one way, half open or slow: all end equal, each row once in the log`, async () => {
  process.stdout.write(`partitions: seeds ${firstSeed} to ${firstSeed + schedules - 1}\n`);
  // What is dead must be found in the time of a test.
  const relay = await newRelay({ limits: { pingMs: 1_000, slowMs: 5_000, updatesPerSecond: 1_000 } });
  onTestFinished(() => relay.close());
  const failures: Record<string, string[]> = {};
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < schedules) {
      const n = next++;
      const document = await relay.newDocument(1000 + n);
      const faults = await run(relay, document, firstSeed + n);
      if (faults.length > 0) failures[`seed ${firstSeed + n}`] = faults;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(failures).toEqual({});
  expect(relay.logged.filter((line) => line['level'] === 50)).toEqual([]);
}, 3_600_000);
