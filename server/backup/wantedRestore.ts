import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { backupFaults } from '#shared/api/backups.ts';
import { lockDataFolder } from '../lockDataFolder.ts';
import { attachmentsName, databaseName } from './BackupManifest.ts';
import { faultOf } from './faultOf.ts';
import { stampOf, syncToDisk } from './files.ts';
import { restoreBackup } from './restoreBackup.ts';

/** What is to be done at the next start, before anything is opened. */
const wantedName = 'restore-wanted.json';
/** What was done at the last one. */
const doneName = 'restored.json';

const wantedSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('restore'), backup: z.string() }),
  z.object({ act: z.literal('undo'), keptIn: z.string() }),
]);
type Wanted = z.infer<typeof wantedSchema>;

const doneSchema = z.object({
  at: z.number(),
  /** When the copy was made. */
  madeAt: z.number(),
  /** Where what was there is now; null: nothing was, or it was put back. */
  keptIn: z.string().nullable(),
  fault: z.enum(backupFaults).nullable(),
});
export type DoneRestore = z.infer<typeof doneSchema>;

async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Cut short by a power cut: as none.
    return null;
  }
}

/** One file, whole or not there. */
async function write(file: string, content: object): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
  await syncToDisk(`${file}.new`);
  await rename(`${file}.new`, file);
  await syncToDisk(path.dirname(file));
}

/** Asks for a copy to be put back at the next start, or for what was there before it. */
export const wantRestore = (dataFolder: string, wanted: Wanted): Promise<void> =>
  write(path.join(dataFolder, wantedName), wanted);

/** Whether something is to be done at the next start. */
export const isRestoreWanted = async (dataFolder: string): Promise<boolean> =>
  (await read(path.join(dataFolder, wantedName), wantedSchema)) !== null;

/** What was put back last; null: nothing ever was. */
export const lastRestore = (dataFolder: string): Promise<DoneRestore | null> =>
  read(path.join(dataFolder, doneName), doneSchema);

const isStored = (name: string): boolean => name.startsWith(databaseName) || name === attachmentsName;

/** Puts what was set aside back in its place; what took it is set aside in turn. */
async function undo(dataFolder: string, keptIn: string, now: number): Promise<void> {
  const lock = lockDataFolder(dataFolder);
  try {
    const aside = path.join(dataFolder, `before-undo-${stampOf(now)}`);
    await mkdir(aside, { mode: 0o700 });
    for (const name of await readdir(dataFolder))
      if (isStored(name)) await rename(path.join(dataFolder, name), path.join(aside, name));
    for (const name of await readdir(keptIn))
      await rename(path.join(keptIn, name), path.join(dataFolder, name));
    await rm(keptIn, { recursive: true });
    await syncToDisk(dataFolder);
  } finally {
    lock.close();
  }
}

/**
 * Does what was asked for, in a data folder on which no relay runs. Where it cannot be done everything stays as it was, and what was asked for is not tried again.
 * @returns what was done; null where nothing was asked for.
 */
export async function carryOutRestore(dataFolder: string, now = Date.now()): Promise<DoneRestore | null> {
  const file = path.join(dataFolder, wantedName);
  const wanted = await read(file, wantedSchema);
  if (wanted === null) return null;
  let done: DoneRestore;
  try {
    if (wanted.act === 'undo') {
      await undo(dataFolder, wanted.keptIn, now);
      done = { at: now, madeAt: now, keptIn: null, fault: null };
    } else {
      const { manifest, keptIn } = await restoreBackup(wanted.backup, dataFolder, { replace: true, now });
      done = { at: now, madeAt: Date.parse(manifest.madeAt), keptIn, fault: null };
    }
  } catch (error) {
    const before = await lastRestore(dataFolder);
    done = { at: now, madeAt: before?.madeAt ?? now, keptIn: before?.keptIn ?? null, fault: faultOf(error) };
  }
  await write(path.join(dataFolder, doneName), done);
  await rm(file);
  return done;
}
