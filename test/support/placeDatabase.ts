import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';

let made: Promise<Buffer> | null = null;

/** Puts an empty database at `file`, with every migration applied. They are run once: a copy costs a third of them. */
export async function placeDatabase(file: string): Promise<void> {
  made ??= makeDatabase();
  await writeFile(file, await made);
}

async function makeDatabase(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-empty-'));
  const file = path.join(folder, 'calepin.sqlite');
  const database = await SqliteDatabase.open(file);
  await migrate(database, migrations);
  await database.close();
  const bytes = await readFile(file);
  await rm(folder, { recursive: true, force: true });
  return bytes;
}
