import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import { lockDataFolder } from '../lockDataFolder.ts';
import {
  attachmentsName,
  type BackupManifest,
  backupManifestSchema,
  databaseName,
  manifestName,
} from './BackupManifest.ts';
import { attachmentPath, copyInto, digestOf, stampOf, syncToDisk } from './files.ts';

export interface RestoreResult {
  readonly manifest: BackupManifest;
  /** Where what was in the data folder is now; null when it was empty. */
  readonly keptIn: string | null;
}

async function readManifest(backup: string): Promise<BackupManifest> {
  const text = await readFile(path.join(backup, manifestName), 'utf8').catch(() => null);
  if (text === null)
    throw new AppError(
      'storage_failed',
      `${backup} is not a backup, or not a whole one: it has no ${manifestName}.`,
    );
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Reported below, like any other text that is not a manifest.
  }
  const parsed = backupManifestSchema.safeParse(json);
  if (!parsed.success)
    throw new AppError(
      'storage_failed',
      `${path.join(backup, manifestName)} cannot be read by this version of Calepin.`,
    );
  const digest = await digestOf(path.join(backup, databaseName)).catch(() => null);
  if (digest !== parsed.data.databaseDigest)
    throw new AppError('storage_failed', `The database in ${backup} is not the one that was backed up.`);
  return parsed.data;
}

/** Every document begins again: a page or a computer that knows what came after the backup must not merge it in silence. The copy of one whose home is another relay goes on there. */
function renewEpochs(file: string): string[] {
  const database = new Database(file, { fileMustExist: true });
  try {
    const renew = database.prepare('UPDATE log_document SET epoch = ? WHERE number = ?');
    const numbers = database
      .prepare('SELECT number FROM log_document WHERE home_seq IS NULL')
      .pluck()
      .all() as number[];
    database.transaction(() => {
      for (const number of numbers) renew.run(idFromBytes(randomBytes(16)), number);
    })();
    return database.prepare('SELECT DISTINCT digest FROM attachment').pluck().all() as string[];
  } finally {
    database.close();
  }
}

/** Moves what is in a data folder into a folder of its own inside it. */
async function setAside(dataFolder: string, now: number): Promise<string | null> {
  const names = (await readdir(dataFolder)).filter(
    (name) => name.startsWith(databaseName) || name === attachmentsName,
  );
  if (names.length === 0) return null;
  const aside = path.join(dataFolder, `before-restore-${stampOf(now)}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of names) await rename(path.join(dataFolder, name), path.join(aside, name));
  return aside;
}

/**
 * Puts a backup in a data folder on which no relay runs. Every document gets a new epoch: who comes back with edits made after the
 * backup keeps them as a recovered copy, and nothing is merged into the past.
 * @param options.replace - what is in the folder is moved into `before-restore-<moment>` in it, and never deleted. Without it, a folder
 * that holds a Calepin is refused.
 * @throws AppError `storage_failed`, `conflict` (a relay runs on the folder); the message is a sentence for people.
 */
export async function restoreBackup(
  backup: string,
  dataFolder: string,
  options: { readonly replace?: boolean; readonly now?: number } = {},
): Promise<RestoreResult> {
  const manifest = await readManifest(backup);
  const lock = lockDataFolder(dataFolder);
  try {
    const database = path.join(dataFolder, databaseName);
    if (existsSync(database) && options.replace !== true) {
      throw new AppError(
        'storage_failed',
        `The data folder ${dataFolder} holds a Calepin already: name another with CALEPIN_DATA, or add --replace (what is there is kept beside).`,
      );
    }
    // Everything is ready beside before anything of the folder is moved.
    const coming = path.join(dataFolder, 'restoring');
    await rm(coming, { recursive: true, force: true });
    await copyInto(path.join(backup, databaseName), path.join(coming, databaseName));
    const digests = renewEpochs(path.join(coming, databaseName));
    await syncToDisk(path.join(coming, databaseName));
    for (const digest of digests) {
      const from = path.join(backup, attachmentsName, attachmentPath(digest));
      if (existsSync(from)) await copyInto(from, path.join(coming, attachmentsName, attachmentPath(digest)));
    }
    const keptIn = await setAside(dataFolder, options.now ?? Date.now());
    for (const name of await readdir(coming))
      await rename(path.join(coming, name), path.join(dataFolder, name));
    await rm(coming, { recursive: true });
    await syncToDisk(dataFolder);
    return { manifest, keptIn };
  } finally {
    lock.close();
  }
}
