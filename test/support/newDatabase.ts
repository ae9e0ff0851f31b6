import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { placeDatabase } from './placeDatabase.ts';

/** A database file of its own in a temporary folder, with every migration applied. */
export async function newDatabase(): Promise<{
  database: SqliteDatabase;
  file: string;
  close: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  const file = path.join(folder, 'calepin.sqlite');
  await placeDatabase(file);
  const database = await SqliteDatabase.open(file);
  return {
    database,
    file,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
