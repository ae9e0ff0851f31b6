import { z } from 'zod';
import {
  carnetIdSchema,
  categoryIdSchema,
  communityIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  setAsideSchema,
  timeSchema,
} from './common.ts';
import { noteSummarySchema } from './notes.ts';
import { visibilities } from '../domain/Visibility.ts';
import { contributionPolicies } from '../domain/Carnet.ts';
import { carnetRoles } from '../permissions/permissions.ts';

export const carnetSummarySchema = z.object({
  id: carnetIdSchema,
  title: z.string(),
  description: z.string(),
  noteCount: z.number().int(),
  visibility: z.enum(visibilities),
  contributionPolicy: z.enum(contributionPolicies),
  role: z.enum(carnetRoles),
  createdAt: timeSchema,
  modifiedAt: timeSchema,
  trashedAt: timeSchema.nullable(),
});
export type CarnetSummary = z.infer<typeof carnetSummarySchema>;
/** GET /api/carnets?trash=0|1 */
export const carnetListSchema = z.object({ carnets: z.array(carnetSummarySchema) });

/** POST /api/carnets → CarnetPage (201). */
export const createCarnetSchema = z.object({
  title: z.string().max(500).default(''),
  description: z.string().max(5_000).default(''),
  language: z.string().max(35).default('fr'),
});

/** One note's place in a carnet. `order` sorts as plain text. A note that the person may not read has `note: null` and shows no title. */
export const carnetEntrySchema = z.object({
  noteId: noteIdSchema,
  order: z.string(),
  category: categoryIdSchema.nullable(),
  /** Its categories in other lists than that one's. */
  also: z.array(categoryIdSchema),
  pinned: z.boolean(),
  integratedBy: personSchema.nullable(),
  integratedAt: timeSchema,
  note: noteSummarySchema.nullable(),
});
export type CarnetEntry = z.infer<typeof carnetEntrySchema>;
/** `list` is the name of the list that it belongs to: empty for the one that carnets begin with. */
export const carnetCategorySchema = z.object({
  id: categoryIdSchema,
  name: z.string(),
  order: z.string(),
  list: z.string(),
});

/** GET /api/carnets/:id. Managers also open the document at /sync/<id> and write title, description, order, categories and pins there. */
export const carnetPageSchema = z.object({
  carnet: carnetSummarySchema.extend({ language: z.string() }),
  managers: z.array(personSchema),
  contributors: z.array(personSchema),
  /** Who was invited to read it: for its managers, else empty. */
  readers: z.array(personSchema),
  /** The community that it is linked to. */
  community: z.object({ id: communityIdSchema, name: z.string() }).nullable(),
  entries: z.array(carnetEntrySchema),
  categories: z.array(carnetCategorySchema),
  ...setAsideSchema.shape,
});
export type CarnetPage = z.infer<typeof carnetPageSchema>;

/** GET /api/carnets/:id/search?q= → its notes, of those that the person may read, that have these words anywhere in them; best first. */
export const carnetSearchQuerySchema = z.object({ q: z.string().max(200) });
export const carnetSearchSchema = z.object({ notes: z.array(noteIdSchema) });

/** PATCH /api/carnets/:id → CarnetPage. DELETE → 204 (trash; its notes stay). POST /api/carnets/:id/untrash → CarnetPage. */
export const changeCarnetSchema = z.object({
  visibility: z.enum(visibilities).optional(),
  contributionPolicy: z.enum(contributionPolicies).optional(),
  /** Null takes the link away. 409 `conflict` for a visibility or a policy that needs a community where there is none. */
  community: communityIdSchema.nullable().optional(),
});
/** DELETE /api/carnets/:id/people/:personId → CarnetPage, or 204 for who may not see it any more. Never the last manager: 409 `conflict`. */
export const carnetPersonParamsSchema = z.object({ id: carnetIdSchema, personId: personIdSchema });
/** POST /api/carnets/:id/entries → CarnetPage: integrates a note that the person can read. Already there: nothing changes. */
export const integrateNoteSchema = z.object({
  noteId: noteIdSchema,
  categoryId: categoryIdSchema.nullable().optional(),
});
// POST /api/carnets/:id/restore-good-state → CarnetPage, writable again, for its managers (409 `conflict` where there is no such state).
// DELETE /api/carnets/:id/entries/:noteId → CarnetPage: managers any, contributors their own.
