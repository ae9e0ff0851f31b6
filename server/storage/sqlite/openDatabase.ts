import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';

/** SQLite 3.51.3 mends a fault by which a WAL could be reset while it was read. */
const oldestSqlite = [3, 51, 3] as const;

/** A WAL is written again in parts of this size. */
const walPartBytes = 1024 * 1024;

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
      'cache_size = -16000',
      'temp_store = MEMORY',
      'journal_size_limit = 67108864',
    ]) {
      database.pragma(setting);
    }
    syncFolder(file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes safe what an earlier process wrote and did not live to sync, before any connection is opened. Reading a WAL shows it as committed, and clients that send it again would be told
 * that it is stored, although a power cut could still take it away. A sync alone is not enough: systems forget what a failed sync was to cover, show it until the power goes, and let
 * the next sync succeed (fsync, 2018). So the same bytes are written once more.
 */
export function syncWal(file: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(`${file}-wal`, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const part = Buffer.alloc(walPartBytes);
    for (let at = 0; ;) {
      const length = readSync(descriptor, part, 0, part.length, at);
      if (length === 0) break;
      for (let written = 0; written < length;) {
        written += writeSync(descriptor, part, written, length - written, at + written);
      }
      at += length;
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Syncs which files there are. SQLite does so too, and passes over a failure: a rollback journal that comes back after a power cut would undo all that came after it.
 */
function syncFolder(file: string): void {
  // Windows does not let a folder be synced; its file system keeps names by itself.
  if (process.platform === 'win32') return;
  try {
    syncPath(path.dirname(file), 'r');
  } catch (cause) {
    throw new AppError('storage_failed', 'the folder of the database cannot be synced', { cause });
  }
}

function syncPath(name: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(name, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
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
