import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ListedBackups } from '#shared/api/backups.ts';
import { backupManifestSchema, manifestName } from './BackupManifest.ts';

type Listed = ListedBackups['backups'][number];
/** More than that nobody chooses from. */
const maxListed = 200;

async function look(folder: string): Promise<Listed | null> {
  const text = await readFile(path.join(folder, manifestName), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const { madeAt, documents, rows, attachments } = backupManifestSchema.parse(JSON.parse(text));
    return { folder, madeAt: Date.parse(madeAt), documents, rows, attachments };
  } catch {
    // Of a later Calepin, or something else of the same name.
    return null;
  }
}

/**
 * The whole copies that are in a folder, or the one that it is; the newest first. Nothing of them is read but what they say of themselves.
 * @throws the system's error for a folder that is not there or may not be read.
 */
export async function listBackups(folder: string): Promise<Listed[]> {
  await stat(folder);
  const itself = await look(folder);
  if (itself !== null) return [itself];
  const names = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory());
  const found: Listed[] = [];
  for (const { name } of names) {
    const one = await look(path.join(folder, name));
    if (one !== null) found.push(one);
  }
  return found.sort((a, b) => b.madeAt - a.madeAt).slice(0, maxListed);
}
