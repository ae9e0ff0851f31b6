import { z } from 'zod';
import { documentIdSchema, noteIdSchema, timeSchema } from './common.ts';
import { collectionKinds } from '../domain/Collection.ts';
import { licences } from '../domain/Licence.ts';
import { noteKinds } from '../domain/Note.ts';

/**
 * POST /api/mirror/documents → 204: makes the document that a computer places here, empty, under the id that it has there; its rows follow on the mirror's socket. Asked again by the same person
 * nothing happens; 409 `conflict` when something else has the id.
 */
export const placeDocumentSchema = z.object({
  id: documentIdSchema,
  kind: z.enum(['note', ...collectionKinds]),
  noteKind: z.enum(noteKinds).default('note'),
  licence: z.enum(licences).optional(),
  createdAt: timeSchema,
});
export type PlaceDocument = z.input<typeof placeDocumentSchema>;

/** PUT /api/mirror/attachments/:id?note=&name= (the bytes) → 204: a file that a note shows, under the id that it has there. Known here, the note is shown with it, where the person may read it. */
export const placeFileQuerySchema = z.object({ note: noteIdSchema, name: z.string().max(1_000).default('') });
