import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 of a file, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Makes sure that a file, or the names in a folder, are on the disk. */
export async function syncToDisk(place: string): Promise<void> {
  const handle = await open(place, 'r').catch(() => null);
  // Windows cannot sync a folder; its file system journals the name by itself.
  await handle?.sync().catch(() => null);
  await handle?.close();
}

/** Copies a file into a folder that is made when it is not there; shared with the original where the file system can. */
export async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await syncToDisk(to);
}

/** Where an attachment of this digest lies under a folder of attachments. */
export const attachmentPath = (digest: string): string => path.join(digest.slice(0, 2), digest);

/** A moment as part of a file's name: `2026-11-23-0914-07`. */
export function stampOf(time: number): string {
  const [date = '', clock = ''] = new Date(time).toISOString().slice(0, 19).split('T');
  return `${date}-${clock.slice(0, 5).replace(':', '')}-${clock.slice(6)}`;
}
