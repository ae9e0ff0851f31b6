import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';

/** SQLite 3.51.3 mends a fault by which a WAL could be reset while it was read. */
const oldestSqlite = [3, 51, 3] as const;

/** What every acknowledgement rests on: setting, and what SQLite then answers when it is asked. */
const durable = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['mmap_size', '0', 0],
] as const;

/**
 * Opens a database file as the relay needs it.
 * @throws AppError `storage_failed` when SQLite would not keep what it commits: it is too old, or does not take a setting here.
 */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  try {
    for (const [name, value] of durable) database.pragma(`${name} = ${value}`);
    assertDurable(database);
    for (const setting of [
      'foreign_keys = ON',
      'secure_delete = ON',
      // Commits never wait for it: a thread of its own does it (WalKeeper).
      'wal_autocheckpoint = 0',
      'cache_size = -4000',
      'temp_store = MEMORY',
      'journal_size_limit = 67108864',
    ]) {
      database.pragma(setting);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Syncs what an earlier process wrote and did not live to sync. Reading a WAL shows it as committed, and clients that send it again would be told that it is
 * stored, although a power cut could still take it away.
 */
export function syncWal(file: string): void {
  let wal: number;
  try {
    wal = openSync(`${file}-wal`, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    fsyncSync(wal);
  } finally {
    closeSync(wal);
  }
}

/** @throws AppError `storage_failed` */
export function assertDurable(
  database: Database.Database,
  version = String(database.prepare('SELECT sqlite_version()').pluck().get()),
): void {
  if (isOlder(version)) {
    throw new AppError('storage_failed', `SQLite ${version} is older than ${oldestSqlite.join('.')}`);
  }
  for (const [name, , expected] of durable) {
    const found: unknown = database.pragma(name, { simple: true });
    if (found !== expected) {
      throw new AppError('storage_failed', `SQLite keeps ${name} at ${String(found)}, not ${expected}`);
    }
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
