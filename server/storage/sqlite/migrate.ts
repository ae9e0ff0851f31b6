import { AppError } from '#shared/api/errorCodes.ts';
import type { Migration } from './migrations/Migration.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

/**
 * Brings the database to the newest shape: runs the steps that it has not seen, and notes them, in one transaction: a first
 * start waits for the disk once, and of an upgrade that fails nothing is left.
 * @returns the names of the steps that ran.
 * @throws AppError `app_outdated` when the database was made by a newer version of the application (it holds a step that is not in the list).
 */
export async function migrate(
  database: SqliteDatabase,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await database.query(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT',
  );
  const { rows } = await database.query<{ name: string }>('SELECT name FROM migration');
  const done = new Set(rows.map((row) => row.name));
  const unknown = [...done].find((name) => !migrations.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new AppError(
      'app_outdated',
      `The data folder was written by a newer version of Calepin (it holds ${unknown}): update the application.`,
    );
  }
  const pending = migrations.filter((one) => !done.has(one.name));
  const statements = pending.flatMap(({ name, statements: own }) => [
    ...own.map((sql) => ({ sql, parameters: [] })),
    { sql: 'INSERT INTO migration (name, time) VALUES (?, ?)', parameters: [name, Date.now()] },
  ]);
  if (statements.length > 0) await database.atomic(statements);
  return pending.map(({ name }) => name);
}
