import { z } from 'zod';
import { attachmentIdSchema } from './common.ts';

/** What may be uploaded. SVG and HTML are never accepted as images. */
export const attachmentTypes = {
  image: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'],
  audio: ['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/mp4', 'audio/webm', 'audio/flac'],
  video: ['video/mp4', 'video/webm', 'video/ogg'],
  file: [
    'application/pdf',
    'text/plain',
    'text/csv',
    'text/markdown',
    'application/zip',
    'application/rtf',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.spreadsheet',
    'application/vnd.oasis.opendocument.presentation',
  ],
} as const;
export type AttachmentKind = keyof typeof attachmentTypes;
/** 25 MiB. */
export const maxAttachmentBytes = 25 * 1024 * 1024;

/**
 * POST /api/attachments?note=<NoteId>&name=<file name> with the raw bytes as body → Attachment (201). The relay looks at the bytes, not only at the
 * announced type. 413 `too_large`, 415 `type_not_supported`. GET /api/attachments/:id → the bytes (`nosniff`, range requests, private cache).
 */
export const attachmentSchema = z.object({
  id: attachmentIdSchema,
  kind: z.enum(['image', 'audio', 'video', 'file']),
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;
