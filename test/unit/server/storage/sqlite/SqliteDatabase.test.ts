import { existsSync, readFileSync, statSync } from 'node:fs';
import { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { WorkerDialect } from '#server/storage/sqlite/WorkerDialect.ts';
import { newDatabase } from '../../../../support/newDatabase.ts';
import { testId } from '../../../../support/newRelay.ts';
import { retryUntil } from '../../../../support/retryUntil.ts';

interface Tables {
  thing: { name: string; size: number | null };
}

async function open() {
  const { database, close } = await newDatabase();
  onTestFinished(close);
  await database.query('CREATE TABLE thing (name TEXT PRIMARY KEY, size INTEGER)');
  return { database, kysely: new Kysely<Tables>({ dialect: new WorkerDialect(database) }) };
}

test('Kysely reads and writes through the worker', async () => {
  const { kysely } = await open();
  const inserted = await kysely
    .insertInto('thing')
    .values([
      { name: 'a', size: 1 },
      { name: 'b', size: null },
    ])
    .executeTakeFirst();
  expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
  expect(await kysely.selectFrom('thing').selectAll().orderBy('name').execute()).toEqual([
    { name: 'a', size: 1 },
    { name: 'b', size: null },
  ]);
  await expect(kysely.insertInto('thing').values({ name: 'a', size: 2 }).execute()).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a transaction that fails leaves nothing, and everything else waits until it ended', async () => {
  const { database, kysely } = await open();
  const order: string[] = [];
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const failing = kysely.transaction().execute(async (transaction) => {
    await transaction.insertInto('thing').values({ name: 'a', size: 1 }).execute();
    begun.resolve();
    await mayEnd.promise;
    order.push('transaction');
    throw new Error('changed my mind');
  });
  await begun.promise;
  const other = database
    .atomic([{ sql: "INSERT INTO thing VALUES ('b', 1)", parameters: [] }])
    .then(() => order.push('atomic'));
  const read = database.query('SELECT name FROM thing').then(() => order.push('query'));
  mayEnd.resolve();
  await expect(failing).rejects.toThrow('changed my mind');
  await Promise.all([other, read]);
  expect(order[0]).toBe('transaction');
  expect((await database.query('SELECT name FROM thing')).rows).toEqual([{ name: 'b' }]);
});

test('of statements in one go, all or none are done', async () => {
  const { database } = await open();
  const insert = (name: string) => ({ sql: 'INSERT INTO thing VALUES (?, ?)', parameters: [name, true] });
  await expect(database.atomic([insert('a'), insert('a')])).rejects.toMatchObject({ code: 'conflict' });
  const { results } = await database.atomic([insert('b'), { sql: 'SELECT * FROM thing', parameters: [] }]);
  expect(results.map((one) => [one.changes, one.rows])).toEqual([
    [1, []],
    [0, [{ name: 'b', size: 1 }]],
  ]);
});

test('a mistake in a statement is said, and the next one works', async () => {
  const { database } = await open();
  await expect(database.query('SELEC')).rejects.toMatchObject({ code: 'internal' });
  expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('[R6] a connection whose commit failed is given up; the next one writes', async () => {
  const { database } = await open();
  const { rows } = await database.query<{ page_count: number }>('PRAGMA page_count');
  // A limit of this one connection: SQLite finds the disk full.
  await database.query(`PRAGMA max_page_count = ${rows[0]?.page_count ?? 0}`);
  const insert = { sql: "INSERT INTO thing VALUES ('a', randomblob(50000))", parameters: [] };
  await expect(database.atomic([insert])).rejects.toMatchObject({ code: 'storage_full' });
  await database.atomic([insert]);
  expect((await database.query('SELECT name FROM thing')).rows).toEqual([{ name: 'a' }]);
});

test('migrations run once; a database of a newer version is not touched', async () => {
  const { database } = await open();
  expect(await migrate(database, migrations)).toEqual([]);
  await expect(migrate(database, [])).rejects.toThrow('newer version');
});

test('of an upgrade of which a step fails nothing is left', async () => {
  const { database } = await open();
  const sound = { name: '9998-sound', statements: ['CREATE TABLE sound (name TEXT) STRICT'] };
  const failing = { name: '9999-failing', statements: ['INSERT INTO nowhere VALUES (1)'] };
  await expect(migrate(database, [...migrations, sound, failing])).rejects.toThrow(/nowhere/);
  expect(await migrate(database, [...migrations, sound])).toEqual(['9998-sound']);
});

test('closing waits for what was asked before, and is safe twice', async () => {
  const { database } = await open();
  const asked = database.query('SELECT 1 AS one');
  await Promise.all([database.close(), database.close()]);
  expect((await asked).rows).toEqual([{ one: 1 }]);
  await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'storage_failed' });
});

/** The header of a WAL: other numbers stand in it each time it begins again from its start (sqlite.org/fileformat.html, 4.1). */
const walHeader = (file: string): string => readFileSync(`${file}-wal`).toString('hex', 0, 24);

test('commits and questions are done in the order of asking, whichever way they go to the worker', async () => {
  const { database, close } = await newDatabase();
  onTestFinished(close);
  const log = new SqliteUpdateLog(database);
  const document = testId<DocumentId>(1);
  await log.create({ document, kind: 'note', epoch: testId<Epoch>(2), schemaVersion: 1 });
  const row = (at: number): NewRow => ({
    document,
    time: at,
    person: null,
    device: null,
    deviceTime: null,
    via: 'socket',
    // A new name, or a large update, goes as a message.
    operation: at % 7 === 0 ? `act ${at}` : null,
    bytes: new Uint8Array(at % 11 === 0 ? 400_000 : 20).fill(at),
    clients: [at],
  });
  const asked = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      at % 3 === 2
        ? log.head(document).then((head) => head?.seq)
        : log.append([row(at)]).then(([seq]) => seq),
    ),
  );
  const before = (at: number): number => Array.from({ length: at }).filter((_, one) => one % 3 !== 2).length;
  expect(asked).toEqual(asked.map((_, at) => (at % 3 === 2 ? before(at) : before(at) + 1)));
  const rows = await log.read(document, 0);
  expect(rows.map(({ time, bytes }) => [time, bytes.length, bytes[0]])).toEqual(
    Array.from({ length: 200 }, (_, at) => [at, at % 11 === 0 ? 400_000 : 20, at % 256]).filter(
      (_, at) => at % 3 !== 2,
    ),
  );
});

test('while writing goes on, the WAL is copied into the file and begins again', async () => {
  const { database, file, close } = await newDatabase();
  onTestFinished(close);
  await database.query('CREATE TABLE page (bytes BLOB)');
  const insert = { sql: 'INSERT INTO page VALUES (zeroblob(60000))', parameters: [] };
  const first = walHeader(file);
  let written = 0;
  await retryUntil('the WAL to begin again', async () => {
    for (let count = 0; count < 50; count++) await database.atomic([insert]);
    written += 50;
    return walHeader(file) !== first;
  });
  expect(statSync(file).size).toBeGreaterThan(3_000_000);
  expect((await database.query('SELECT count(*) AS rows FROM page')).rows).toEqual([{ rows: written }]);
  await database.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(statSync(file).size).toBeGreaterThan(written * 60_000);
});
