import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { attachmentsName, type BackupManifest, databaseName, manifestName } from './BackupManifest.ts';
import { attachmentPath, copyInto, digestOf, stampOf, syncToDisk } from './files.ts';
import { intactFile, intactFileIn } from './intactFileIn.ts';

export interface BackupResult {
  /** The new folder. */
  readonly folder: string;
  readonly manifest: BackupManifest;
  /** Attachments that the notes name, and that neither the data folder nor an earlier copy has as they were stored. */
  readonly missing: readonly string[];
}

interface Copied {
  readonly documents: number;
  readonly rows: number;
  readonly digests: readonly string[];
}

/** Copies a live database as it is at one moment, and reads in the copy what belongs to it. */
async function copyDatabase(from: string, to: string): Promise<Copied> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    // One file, complete in itself.
    copy.pragma('journal_mode = DELETE');
    const check = copy.pragma('integrity_check', { simple: true });
    if (check !== 'ok')
      throw new AppError('storage_failed', `The copy of the database is not sound: ${String(check)}.`);
    const documents = copy.prepare('SELECT count(*) FROM log_document').pluck().get() as number;
    const digests = copy.prepare('SELECT DISTINCT digest FROM attachment').pluck().all() as string[];
    // Those in segments too; every log keeps its last rows out of them.
    const rows = copy
      .prepare('SELECT ifnull(sum(seq), 0) FROM (SELECT max(seq) AS seq FROM log_row GROUP BY number)')
      .pluck()
      .get() as number;
    return { documents, rows, digests };
  } finally {
    copy.close();
  }
}

/**
 * Makes a whole, consistent copy of a data folder, of a relay that runs or not. The database first: an attachment is stored before
 * the text that shows it and never changed, so that all that the copy names is there to be copied afterwards.
 * @param into - where the new folder goes (`calepin-<moment>`); made when it is not there. Nothing half made is left behind.
 * @param onProgress - called after each attachment.
 * @throws AppError `storage_failed`, its message a sentence for people; the system's error for a disk that is full or closed.
 */
export async function backUp(
  dataFolder: string,
  into: string,
  onProgress: (done: number, total: number) => void = () => undefined,
  now: number = Date.now(),
): Promise<BackupResult> {
  const database = path.join(dataFolder, databaseName);
  if (!existsSync(database))
    throw new AppError('storage_failed', `There is no Calepin in the data folder ${dataFolder}.`);
  const folder = path.join(into, `calepin-${stampOf(now)}`);
  if (existsSync(folder)) throw new AppError('storage_failed', `The folder ${folder} is there already.`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const target = path.join(partial, databaseName);
    const { documents, rows, digests } = await copyDatabase(database, target);
    await syncToDisk(target);
    const missing: string[] = [];
    for (const [at, digest] of digests.entries()) {
      // A damaged one would in time take the place of every sound one.
      const from =
        (await intactFile(path.join(dataFolder, attachmentsName), digest)) ??
        (await intactFileIn(into, digest));
      if (from === null) missing.push(digest);
      else await copyInto(from, path.join(partial, attachmentsName, attachmentPath(digest)));
      onProgress(at + 1, digests.length);
    }
    const manifest: BackupManifest = {
      format: 1,
      madeAt: new Date(now).toISOString(),
      documents,
      rows,
      attachments: digests.length - missing.length,
      databaseDigest: await digestOf(target),
    };
    const manifestFile = path.join(partial, manifestName);
    await writeFile(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await syncToDisk(manifestFile);
    await syncToDisk(partial);
    await rename(partial, folder);
    await syncToDisk(into);
    return { folder, manifest, missing };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}
