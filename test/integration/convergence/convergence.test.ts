import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { newRandom } from '../../support/random.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { randomEdit, shown } from './randomEdit.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const seeds = long ? Array.from({ length: 20 }, () => Math.floor(Math.random() * 2 ** 32)) : [1, 20_261_122];
const steps = long ? 2_000 : 250;

/** A relay over one file that can be stopped and started again. */
async function restartable() {
  const { database: first, file, close } = await newDatabase();
  await first.close();
  let database: SqliteDatabase;
  let relay: TestRelay;
  const start = async (): Promise<void> => {
    database = await SqliteDatabase.open(file);
    await migrate(database, migrations);
    const limits = {
      checkpointRows: 40,
      updatesPerSecond: 10_000,
      updateBurst: 10_000,
      unloadCheckpointRows: 5,
      keepStateMs: 20,
    };
    relay = await newRelay({ log: new SqliteUpdateLog(database), limits });
  };
  const stop = async (): Promise<void> => {
    await relay.close();
    await database.close();
  };
  await start();
  onTestFinished(async () => {
    await stop();
    await close();
  });
  return { relay: () => relay, restart: () => stop().then(start) };
}

test.each(seeds)(
  '5 clients that write at random, leave, come back, through relays that restart: all equal at the end, and equal to the log (seed %d)',
  async (seed) => {
    const random = newRandom(seed);
    const { relay, restart } = await restartable();
    const document: DocumentId = await relay().newDocument();
    const ticket = (n: number): string => {
      const person = { id: testId<PersonId>(n + 1), name: `Personne ${n}`, colour: 'azur' };
      return relay().ticket(document, { person });
    };
    const clients: TestClient[] = Array.from({ length: 5 }, (_, n) =>
      newClient(relay().url, document, ticket(n)),
    );
    onTestFinished(() => {
      for (const client of clients) client.close();
    });
    const comeBack = (n: number): void => {
      const client = clients[n];
      if (client !== undefined && client.provider.ws === null) client.reconnect(relay().url, ticket(n));
    };
    for (let step = 0; step < steps; step++) {
      const n = random.int(clients.length);
      const client = clients[n] as TestClient;
      const dice = random.int(100);
      if (dice < 86) randomEdit(client.doc, random);
      else if (dice < 91) client.provider.disconnect();
      else if (dice < 98) comeBack(n);
      else if (dice === 98) await restart();
      else if (client.provider.ws !== null) await client.synced();
      // Lets the sockets speak, at moments that differ from run to run.
      if (random.int(4) === 0) await sleep(random.int(8));
    }
    clients.forEach((_, n) => {
      comeBack(n);
    });
    const log = async (): Promise<unknown> => {
      const read = await relay().documents.read(document);
      return read === null ? null : shown(read.doc);
    };
    const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
    await retryUntil(
      'everyone to be equal to the log',
      async () => {
        clients.forEach((_, n) => {
          comeBack(n);
        });
        const stored = await log();
        return clients.every((client) => client.provider.synced && same(shown(client.doc), stored));
      },
      15_000,
    ).catch(() => null);
    const stored = await log();
    for (const client of clients) expect(shown(client.doc)).toEqual(stored);
    // What newcomers and the history see is the same too: every row from the first, without any checkpoint.
    const replayed = await relay().documents.read(document, Number.MAX_SAFE_INTEGER);
    expect(replayed === null ? null : shown(replayed.doc)).toEqual(stored);
    expect(relay().logged.filter((line) => line['level'] === 50)).toEqual([]);
  },
  long ? 600_000 : 40_000,
);
