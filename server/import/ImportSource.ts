import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { importLimits } from './importLimits.ts';
import { endingOf } from './mediaTypes.ts';
import { type ZipEntry, ZipReader } from './ZipReader.ts';

/** What was sent, as files. */
export interface ImportSource {
  readonly files: readonly ZipEntry[];
  /** @throws AppError `import_unreadable`, `import_too_large`. */
  read(path: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

async function beginsAsZip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return (
      bytesRead === 4 && (buffer.readUInt32LE(0) === 0x0403_4b50 || buffer.readUInt32LE(0) === 0x0605_4b50)
    );
  } finally {
    await handle.close();
  }
}

/** What programs leave beside the files that people know of. */
const isOfPrograms = (one: string): boolean =>
  one.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db');

/** A file of an archive, by the path under which it is known, and the archive that holds it. */
interface Held {
  readonly zip: ZipReader;
  readonly path: string;
  readonly size: number;
}

/**
 * The files of an archive or, where it holds nothing but archives, those that these hold together, as Notion sends them. No deeper.
 * @throws AppError `import_unreadable`, `import_too_large` for what all of them hold.
 */
async function filesOf(zip: ZipReader): Promise<Map<string, Held>> {
  const own = zip.entries.filter((entry) => !isOfPrograms(entry.path));
  if (own.length === 0 || own.some(({ path: one }) => endingOf(one) !== 'zip'))
    return new Map(own.map(({ path: one, size }) => [one, { zip, path: one, size }]));
  const files = new Map<string, Held>();
  let bytes = 0;
  for (const part of own) {
    const inner = await zip.inner(part.path, importLimits);
    for (const { path: one, size } of inner.entries) {
      bytes += size;
      if (isOfPrograms(one)) continue;
      // What two parts have, such as a list of them.
      const known = files.has(one) ? `${part.path.slice(0, -'.zip'.length)}/${one}` : one;
      files.set(known, { zip: inner, path: one, size });
    }
    if (bytes > importLimits.bytes || files.size > importLimits.entries)
      throw new AppError('import_too_large', 'archives of too much');
  }
  return files;
}

/**
 * Opens what was sent: an archive, or a file alone.
 * @param name - what it was called.
 * @throws AppError `import_unreadable`, `import_too_large`.
 */
export async function openSource(file: string, name: string): Promise<ImportSource> {
  // A document of Word is an archive too.
  if (endingOf(name) !== 'docx' && (await beginsAsZip(file))) {
    const zip = await ZipReader.open(file, importLimits);
    try {
      const files = await filesOf(zip);
      return {
        files: [...files].map(([known, { size }]) => ({ path: known, size })),
        read: async (one) => {
          const file = files.get(one);
          if (file === undefined) throw new AppError('import_unreadable', 'a file that is not there');
          return await file.zip.read(file.path);
        },
        close: () => zip.close(),
      };
    } catch (error) {
      await zip.close();
      throw error;
    }
  }
  if (endingOf(name) === 'zip') throw new AppError('import_unreadable', 'not an archive');
  const bytes = await readFile(file);
  return {
    files: [{ path: path.basename(name.replaceAll('\\', '/')) || 'note.md', size: bytes.length }],
    read: () => Promise.resolve(bytes),
    close: () => Promise.resolve(),
  };
}
