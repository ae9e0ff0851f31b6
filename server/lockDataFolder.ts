import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';

/** Held here, or the garbage collector would close what nobody refers to any more, and give the lock back. */
const heldLocks = new Set<Database.Database>();

/**
 * Keeps a data folder for this process alone, until `close`. The lock is one that the operating system gives back by itself when a process ends in whatever way: there is
 * never a stale one to delete.
 * @param folder - made when it is not there, readable by its owner only.
 * @throws AppError `conflict` when another process has it, `storage_failed` when the folder cannot be used; the message is for people.
 */
export function lockDataFolder(folder: string): { close(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'storage_failed',
      `The data folder ${folder} cannot be made: ${(cause as Error).message}.`,
      { cause },
    );
  }
  let lock: Database.Database | null = null;
  try {
    lock = new Database(path.join(folder, 'calepin.lock'), { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    const busy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    throw busy
      ? new AppError(
          'conflict',
          `Calepin is already running on the data folder ${folder}: close it first, or choose another folder with CALEPIN_DATA.`,
          { cause },
        )
      : new AppError(
          'storage_failed',
          `The data folder ${folder} cannot be written: ${(cause as Error).message}.`,
          { cause },
        );
  }
  const held = lock;
  heldLocks.add(held);
  return {
    close() {
      if (!held.open) return;
      held.exec('ROLLBACK');
      held.close();
      heldLocks.delete(held);
    },
  };
}
