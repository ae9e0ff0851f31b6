import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';

/** A database file of its own in a temporary folder, with every migration applied. */
export async function newDatabase(): Promise<{
  database: SqliteDatabase;
  file: string;
  close: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  const file = path.join(folder, 'calepin.sqlite');
  const database = await SqliteDatabase.open(file);
  await migrate(database, migrations);
  return {
    database,
    file,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
