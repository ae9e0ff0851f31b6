import { type Attachment, attachmentSchema } from '#shared/api/attachments.ts';
import { sendFile } from './sendFile.ts';

/** Sends a file that a note shows. @see sendFile */
export function uploadAttachment(
  noteId: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const query = new URLSearchParams({ note: noteId, name: file.name });
  return sendFile(`/api/attachments?${query.toString()}`, file, attachmentSchema, onProgress, signal);
}
