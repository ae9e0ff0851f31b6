import type { Migration } from './migrations/Migration.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

/**
 * Brings the database to the newest shape: runs the steps that it has not seen, each in one transaction with the note that it ran.
 * @returns the names of the steps that ran.
 * @throws Error when the database was made by a newer version of the application (it holds a step that is not in the list).
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
    throw new Error(
      `The data folder was written by a newer version of Calepin (it holds ${unknown}): update the application.`,
    );
  }
  const ran: string[] = [];
  for (const migration of migrations) {
    if (done.has(migration.name)) continue;
    const statements = migration.statements.map((sql) => ({ sql, parameters: [] }));
    const note = {
      sql: 'INSERT INTO migration (name, time) VALUES (?, ?)',
      parameters: [migration.name, Date.now()],
    };
    await database.atomic([...statements, note]);
    ran.push(migration.name);
  }
  return ran;
}
