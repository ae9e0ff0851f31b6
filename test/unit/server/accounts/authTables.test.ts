import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getMigrations } from 'better-auth/db/migration';
import { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { pino } from 'pino';
import { sqliteAuthTables } from '#server/accounts/authTables.ts';
import { createAuth } from '#server/accounts/createAuth.ts';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { WorkerDialect } from '#server/storage/sqlite/WorkerDialect.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';

/** What better-auth would have to add to a database that went through these steps. */
async function missing(steps: typeof migrations) {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  const database = await SqliteDatabase.open(path.join(folder, 'calepin.sqlite'));
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  await migrate(database, steps);
  const auth = createAuth({
    tables: sqliteAuthTables(new Kysely({ dialect: new WorkerDialect(database) })),
    secret: 'x'.repeat(43),
    publicUrl: 'http://127.0.0.1',
    cookie: 'calepin',
    https: false,
    logger: pino({ level: 'silent' }),
    send: () => Promise.resolve(),
    organisation: null,
    onNewcomer: () => Promise.resolve('new'),
    onRecovered: () => Promise.resolve(),
    onSessionEnded: () => undefined,
    inBackground: () => undefined,
  });
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options);
  return [...toBeCreated, ...toBeAdded].map(({ table, fields }) => [table, Object.keys(fields)]);
}

test('the migrations make every table and column that better-auth asks for', async () => {
  expect(await missing(migrations)).toEqual([]);
});

test('and a missing one would be found', async () => {
  const before = migrations.filter(({ name }) => name < '0007');
  expect((await missing(before)).map(([table]) => table)).toEqual(
    expect.arrayContaining(['auth_user', 'auth_session', 'auth_account', 'auth_verification']),
  );
});
