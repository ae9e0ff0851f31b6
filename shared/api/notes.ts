import { z } from 'zod';
import {
  baseIdSchema,
  carnetIdSchema,
  collectionIdSchema,
  communityIdSchema,
  categoryIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  setAsideSchema,
  templateKeySchema,
  timeSchema,
  relayIdSchema,
} from './common.ts';
import { brokenLinkSchema } from './links.ts';
import { authorModes, noteKinds } from '../domain/Note.ts';
import { licences } from '../domain/Licence.ts';
import { isDay } from '../domain/dates.ts';
import { maxLockSentence } from '../domain/lock.ts';
import type { NoteSheet } from '../document/sheet.ts';
import { regions } from '../domain/regions.ts';
import { visibilities } from '../domain/Visibility.ts';
import { noteRoles } from '../permissions/permissions.ts';

/** How a note was adopted as it is: on which day, `2026-03-05`, and how; without a sentence it is said that it was adopted. */
export const lockSchema = z.object({
  day: z.string().refine(isDay),
  sentence: z.string().nullable(),
});

/** A line of a list of notes. Title, excerpt and counts are derived from the log; an empty title is shown as « Sans titre » by the interface. */
export const noteSummarySchema = z.object({
  id: noteIdSchema,
  kind: z.enum(noteKinds),
  title: z.string(),
  excerpt: z.string(),
  visibility: z.enum(visibilities),
  authors: z.array(personSchema),
  createdAt: timeSchema,
  modifiedAt: timeSchema,
  trashedAt: timeSchema.nullable(),
  wordCount: z.number().int(),
  /** Of a term: the other forms that it is found by; else none. */
  otherNames: z.array(z.string()),
  /** Of an organisation: where it is; else null. */
  region: z.enum(regions).nullable(),
  /** Other notes are made from it. */
  isTemplate: z.boolean(),
  /** Set while it stands as it was adopted; null while its authors may write in it. */
  lock: lockSchema.nullable(),
});
export type NoteSummary = z.infer<typeof noteSummarySchema>;

/** GET /api/notes?sort=modified|title&trash=0|1&kind=&region=&author=&limit=100&offset=0 → notes that the person may read, and how many there are. */
export const noteListQuerySchema = z.object({
  sort: z.enum(['modified', 'title', 'created']).default('modified'),
  trash: z.enum(['0', '1']).default('0'),
  /** Only those of one kind. */
  kind: z.enum(noteKinds).optional(),
  /** Only those whose sheet says this region. */
  region: z.enum(regions).optional(),
  /** Only those that this person is an author of. */
  author: personIdSchema.optional(),
  /** Only templates. */
  template: z.literal('1').optional(),
  /** Only those that have these words in their title or, of a term, in one of the forms that texts are found to name it by. */
  named: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});
export const noteListSchema = z.object({ notes: z.array(noteSummarySchema), total: z.number().int() });

/** GET /api/organisations/regions → how many organisations that the person may read are in each region; a region without any is absent. */
export const organisationCountsSchema = z.object({
  counts: z.partialRecord(z.enum(regions), z.number().int()),
});

const forms = z.array(z.string());
/** What the sheet of a note says; which part is shown is for its kind to say. Read by the relay: only what has its form is there. */
export const noteSheetSchema: z.ZodType<NoteSheet> = z.object({
  definition: z.string(),
  feminine: forms,
  plural: forms,
  inclusive: forms,
  aliases: forms,
  address: z.string(),
  region: z.enum(regions).nullable(),
  coordinates: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  site: z.string(),
  email: z.string(),
  phone: z.string(),
});

/**
 * POST /api/notes → NotePage (201). In a carnet, the note is integrated by the same act. `language` is the note's (default: the interface's).
 * `visibility` is `authors` unless said.
 */
export const createNoteSchema = z.object({
  title: z.string().max(500).default(''),
  kind: z.enum(noteKinds).default('note'),
  carnetId: carnetIdSchema.optional(),
  categoryId: categoryIdSchema.nullable().optional(),
  language: z.string().max(35).default('fr'),
  /** At the relay of one computer: the followed relay where it is to live from the next contact on. What goes into a carnet that lives there does so anyway. */
  homeId: relayIdSchema.optional(),
  /**
   * Begins it with what a template says: a built-in one, or a note that is one (403 `not_allowed` for what is none to the person); `carnet`: the one that its carnet names, where
   * the person may read it, else nothing.
   */
  template: z.union([templateKeySchema, z.literal('carnet')]).optional(),
});

/**
 * A carnet that holds a note, or a base that holds a carnet: the card of the reference page. Those that the person may not read are not listed. Newest integration first.
 */
export const relatedCollectionSchema = z.object({
  id: collectionIdSchema,
  title: z.string(),
  memberCount: z.number().int(),
  integratedBy: personSchema.nullable(),
  integratedAt: timeSchema,
  /** Names of its categories there, with commas between them. */
  category: z.string().nullable(),
  /** Its writing guide, ProseMirror JSON: for those who may add to it, null for others and where there is none. */
  guide: z.unknown(),
});
export type RelatedCollection = z.infer<typeof relatedCollectionSchema>;
export const noteLinkSchema = z.object({ id: noteIdSchema, title: z.string() });

/** GET /api/notes/:id → the catalogue's and the derived part of a note's page; its content comes through /sync/<id>. */
export const notePageSchema = z.object({
  note: noteSummarySchema.extend({
    publishedAt: timeSchema.nullable(),
    language: z.string(),
    licence: z.enum(licences),
    sheet: noteSheetSchema,
    lock: lockSchema.extend({ at: timeSchema, by: personSchema }).nullable(),
  }),
  role: z.enum(noteRoles),
  carnets: z.array(relatedCollectionSchema.extend({ id: carnetIdSchema })),
  /** Notes that link to this one and that the person may read, by title. `around`: the sentence of the link, its words between \u0001 and \u0002; may be empty. */
  backlinks: z.array(noteLinkSchema.extend({ around: z.string() })),
  /** Links of its text that lead the person nowhere: for those who write in it, else empty. */
  brokenLinks: z.array(brokenLinkSchema),
  /** Terms related by hand. */
  terms: z.array(noteLinkSchema),
  /** Of a term: the notes that are related to it and that the person may read; else empty. */
  uses: z.array(noteLinkSchema),
  /** The community that it is linked to, with its name; its page opens for who is signed in. */
  community: z.object({ id: communityIdSchema, name: z.string() }).nullable(),
  authorMode: z.enum(authorModes),
  /** Its authors but for those who are it as responsables of the community. */
  authorsByName: z.array(personIdSchema),
  /** Who was invited to read it: for its authors, else empty. */
  readers: z.array(personSchema),
  /** Who was invited to read it and to comment: for its authors, else empty. */
  commenters: z.array(personSchema),
  /** Who asks to become an author: for its authors, else empty. */
  editRequests: z.array(z.object({ person: personSchema, text: z.string().nullable(), at: timeSchema })),
  /** The person asked to become an author and waits for the answer. */
  asked: z.boolean(),
  ...setAsideSchema.shape,
  versionCount: z.number().int(),
});
export type NotePage = z.infer<typeof notePageSchema>;

/** PATCH /api/notes/:id → NotePage. Becoming visible beyond its authors for the first time sets the publication date. */
export const changeNoteSchema = z.object({
  /** What its sheet says stays, also where the new kind shows none of it. 409 `conflict` for an organisation whose authors follow a community. */
  kind: z.enum(noteKinds).optional(),
  visibility: z.enum(visibilities).optional(),
  /** Null takes the link away. 409 `conflict` for a visibility, or authors, that need a community where there is none. */
  community: communityIdSchema.nullable().optional(),
  authorMode: z.enum(authorModes).optional(),
  licence: z.enum(licences).optional(),
  isTemplate: z.boolean().optional(),
});
/**
 * PUT /api/notes/:id/lock → NotePage: from then on nobody writes in it; what it says is a version of that name. 409 `conflict` for one that is locked already, or in the trash.
 * DELETE /api/notes/:id/lock → NotePage: its authors write in it again.
 */
export const lockNoteSchema = z.object({
  day: z.string().refine(isDay),
  sentence: z
    .string()
    .trim()
    .max(maxLockSentence)
    .nullable()
    .default(null)
    .transform((sentence) => sentence || null),
});
// POST /api/notes/:id/restore-good-state → NotePage, writable again: the note says what it said then (409 `conflict` where there is no such state).
// DELETE /api/notes/:id → 204 (to the trash). POST /api/notes/:id/untrash → NotePage. POST /api/notes/:id/duplicate → NotePage (201).
// DELETE /api/notes/:id/authors/:personId → NotePage (never the last one: 409 `conflict`).
export const authorParamsSchema = z.object({ id: noteIdSchema, personId: personIdSchema });
/** GET /api/notes/:id/author-candidates → whom an author may name. POST /api/notes/:id/authors → NotePage. */
export const authorCandidatesSchema = z.object({ people: z.array(personSchema) });
export const addAuthorSchema = z.object({ personId: personIdSchema });
// DELETE /api/notes/:id/readers/:personId → NotePage, or 204 for who may not see it any more.
// POST /api/notes/:id/edit-requests (AskBody) → NotePage. POST /api/notes/:id/edit-requests/:personId (Answer) → NotePage.
/** POST /api/notes/:id/messages → 204: written to the authors, in the application. */
export const messageSchema = z.object({ text: z.string().trim().min(1).max(2_000) });

/**
 * GET /api/notes/:id/content → the current content for readers without a socket (the read-only page of an outdated application, public readers, exports).
 * `html` is rendered by the relay from the body, safe to show in a sandbox; `body` is ProseMirror JSON.
 */
export const noteContentSchema = z.object({
  seq: z.number().int(),
  title: z.string(),
  language: z.string(),
  body: z.unknown(),
  html: z.string(),
});
export type NoteContent = z.infer<typeof noteContentSchema>;

/** POST /api/note-titles {ids} → the current titles of those that the person may read; others are absent (for note links). */
export const noteTitlesRequestSchema = z.object({ ids: z.array(noteIdSchema).max(500) });
export const noteTitlesSchema = z.object({ titles: z.record(z.string(), z.string()) });

/** GET /api/search?q=&limit= → best first. `snippet` has matches between \u0001 and \u0002. Used by the search box, the palette and `[[`. */
export const searchQuerySchema = z.object({
  q: z.string().max(200),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const foundCollectionSchema = z.object({
  id: collectionIdSchema,
  title: z.string(),
  memberCount: z.number().int(),
});
export const searchResultsSchema = z.object({
  notes: z.array(
    z.object({ id: noteIdSchema, title: z.string(), snippet: z.string(), modifiedAt: timeSchema }),
  ),
  carnets: z.array(foundCollectionSchema.extend({ id: carnetIdSchema })),
  bases: z.array(foundCollectionSchema.extend({ id: baseIdSchema })),
});
export type SearchResults = z.infer<typeof searchResultsSchema>;
