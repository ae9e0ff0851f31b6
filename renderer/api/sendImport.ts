import { type ImportStatus, importStatusSchema } from '#shared/api/imports.ts';
import { sendFile } from './sendFile.ts';

/** Sends a file, or an archive of files, that is to become notes. @param language - of notes that do not say theirs. @see sendFile */
export function sendImport(
  name: string,
  language: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportStatus> {
  const query = new URLSearchParams({ name, language });
  return sendFile(`/api/imports?${query.toString()}`, file, importStatusSchema, onProgress, signal);
}
