import path from 'node:path';
import { attachmentsName } from './BackupManifest.ts';
import { attachmentPath, digestOf } from './files.ts';
import { listBackups } from './listBackups.ts';

/** A file that is still what was stored. @returns null where it is not there or altered. */
export async function intactFile(attachments: string, digest: string): Promise<string | null> {
  const file = path.join(attachments, attachmentPath(digest));
  return (await digestOf(file).catch(() => null)) === digest ? file : null;
}

/** The same, in the newest copy of a folder that has it so. A disk that is not there has nothing for now. */
export async function intactFileIn(folder: string, digest: string): Promise<string | null> {
  for (const copy of await listBackups(folder).catch(() => [])) {
    const file = await intactFile(path.join(copy.folder, attachmentsName), digest);
    if (file !== null) return file;
  }
  return null;
}
