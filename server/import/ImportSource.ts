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

/**
 * Opens what was sent: an archive, or a file alone.
 * @param name - what it was called.
 * @throws AppError `import_unreadable`, `import_too_large`.
 */
export async function openSource(file: string, name: string): Promise<ImportSource> {
  // A document of Word is an archive too.
  if (endingOf(name) !== 'docx' && (await beginsAsZip(file))) {
    const zip = await ZipReader.open(file, importLimits);
    return {
      files: zip.entries.filter((entry) => !isOfPrograms(entry.path)),
      read: (one) => zip.read(one),
      close: () => zip.close(),
    };
  }
  if (endingOf(name) === 'zip') throw new AppError('import_unreadable', 'not an archive');
  const bytes = await readFile(file);
  return {
    files: [{ path: path.basename(name.replaceAll('\\', '/')) || 'note.md', size: bytes.length }],
    read: () => Promise.resolve(bytes),
    close: () => Promise.resolve(),
  };
}
