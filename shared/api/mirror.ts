import { z } from 'zod';
import { documentIdSchema, nameSchema, noteIdSchema, personIdSchema, timeSchema } from './common.ts';
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

/** SHA-256 of a claim's secret, and the secret: 32 bytes, base64url. */
const claimSchema = z.string().regex(/^[\w-]{43}$/);

/**
 * POST /api/mirror/stated → { person }: names somebody who wrote on the caller's computer, as a person of whom their rows may be (`stated`, PROTOCOL.md). `guest`: whom the computer knows them by; `claim`: the
 * hash of the secret by which they show that they are who wrote. Asked again, the same person. 403 `not_allowed` for who has no account, 429 `too_many_requests`.
 */
export const statePersonSchema = z.object({
  guest: personIdSchema,
  // Its line feed is what tells a stated name from others in a row.
  name: nameSchema.regex(/^[^\p{Cc}]*$/u),
  claim: claimSchema.nullable(),
});
export type StatePerson = z.infer<typeof statePersonSchema>;
export const statedPersonSchema = z.object({ person: personIdSchema });

/** POST /api/mirror/claims/open → which of these hashes is of somebody who was stated here and is not confirmed, in the order of the statements. */
export const askClaimsSchema = z.object({ claims: z.array(claimSchema).max(200) });
export const openClaimsSchema = z.object({
  open: z.array(z.object({ claim: z.string(), name: z.string(), statedBy: z.string() })),
});
export type OpenClaims = z.infer<typeof openClaimsSchema>;

/** POST /api/mirror/claims → { people }: the caller shows the secrets; whoever was stated with their hashes is the caller from now on. 403 `not_allowed` for who has no account. */
export const confirmClaimsSchema = z.object({ secrets: z.array(claimSchema).min(1).max(200) });
export const confirmedClaimsSchema = z.object({ people: z.array(personIdSchema) });
