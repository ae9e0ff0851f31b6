import { z } from 'zod';
import {
  attachmentIdSchema,
  baseIdSchema,
  carnetIdSchema,
  categoryIdSchema,
  collectionIdSchema,
  colourSchema,
  communityIdSchema,
  memberIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  setAsideSchema,
  templateKeySchema,
  timeSchema,
  relayIdSchema,
} from './common.ts';
import { noteSummarySchema, relatedCollectionSchema } from './notes.ts';
import type { BaseId, CarnetId } from '../domain/ids.ts';
import { visibilities } from '../domain/Visibility.ts';
import { collectionKinds, collectionPersonRoles, contributionPolicies } from '../domain/Collection.ts';
import { collectionRoles } from '../permissions/permissions.ts';

// Carnets at /api/carnets, bases at /api/bases: the same resource. A carnet gathers notes, a base gathers carnets.

const coverSchema = z.object({
  image: attachmentIdSchema.nullable(),
  alternative: z.string().max(300),
  colour: colourSchema.nullable(),
});

export const collectionSummarySchema = z.object({
  id: collectionIdSchema,
  kind: z.enum(collectionKinds),
  title: z.string(),
  description: z.string(),
  /** How many notes it holds, or carnets. */
  memberCount: z.number().int(),
  cover: coverSchema,
  visibility: z.enum(visibilities),
  contributionPolicy: z.enum(contributionPolicies),
  role: z.enum(collectionRoles),
  createdAt: timeSchema,
  modifiedAt: timeSchema,
  trashedAt: timeSchema.nullable(),
});
export type CollectionSummary = z.infer<typeof collectionSummarySchema>;
export const carnetSummarySchema = collectionSummarySchema.extend({ id: carnetIdSchema });
export const baseSummarySchema = collectionSummarySchema.extend({ id: baseIdSchema });
/** GET /api/carnets?trash=0|1 */
export const carnetListSchema = z.object({ carnets: z.array(carnetSummarySchema) });
/** GET /api/bases?trash=0|1 */
export const baseListSchema = z.object({ bases: z.array(baseSummarySchema) });

/** POST /api/carnets, POST /api/bases → CollectionPage (201). A carnet made in a base is integrated by the same act. */
export const createCollectionSchema = z.object({
  title: z.string().max(500).default(''),
  description: z.string().max(5_000).default(''),
  language: z.string().max(35).default('fr'),
  baseId: baseIdSchema.optional(),
  /** As of a note. */
  homeId: relayIdSchema.optional(),
});

/**
 * One member's place. `order` sorts as plain text. Of a carnet the member is a `note`, of a base a `carnet`: null where the person may not read it, which shows no title.
 */
export const collectionEntrySchema = z.object({
  memberId: memberIdSchema,
  order: z.string(),
  category: categoryIdSchema.nullable(),
  /** Its categories in other lists than that one's. */
  also: z.array(categoryIdSchema),
  pinned: z.boolean(),
  integratedBy: personSchema.nullable(),
  integratedAt: timeSchema,
  note: noteSummarySchema.nullable(),
  carnet: carnetSummarySchema.nullable(),
  /**
   * Of a note that the carnet holds at a version: that row, and its time. `changedAt`: when it was last changed, where that was since, and (for its managers) since they last kept what is held; else null. `opens`: whether the person is
   * given what is held: `note` then has its title and excerpt. `compares`: whether they see what changed.
   */
  held: z
    .object({
      seq: z.number().int(),
      at: timeSchema,
      changedAt: timeSchema.nullable(),
      seen: z.number().int().nullable(),
      /** Whether the note was changed since, whoever asks. */
      isBehind: z.boolean(),
      opens: z.boolean(),
      compares: z.boolean(),
    })
    .nullable(),
});
export type CollectionEntry = z.infer<typeof collectionEntrySchema>;
/** A place whose note, or carnet, is in the trash, or (`trashedAt` null) gone for good. `title` where the person may still read it. */
export const awayEntrySchema = z.object({
  memberId: memberIdSchema,
  title: z.string().nullable(),
  trashedAt: timeSchema.nullable(),
  canRestore: z.boolean(),
});
export type AwayEntry = z.infer<typeof awayEntrySchema>;
/** `list` is the name of the list that it belongs to: empty for the one that carnets begin with. */
export const categorySchema = z.object({
  id: categoryIdSchema,
  name: z.string(),
  order: z.string(),
  list: z.string(),
});

/** GET /api/carnets/:id. Managers also open the document at /sync/<id> and write title, description, guide, order, categories and pins there. */
export const collectionPageSchema = z.object({
  collection: collectionSummarySchema.extend({ language: z.string() }),
  managers: z.array(personSchema),
  contributors: z.array(personSchema),
  /** Who was invited to read it: for its managers, else empty. */
  readers: z.array(personSchema),
  /** The community that it is linked to. */
  community: z.object({ id: communityIdSchema, name: z.string() }).nullable(),
  entries: z.array(collectionEntrySchema),
  /** For its managers, whose document has these places too; else empty. */
  away: z.array(awayEntrySchema),
  categories: z.array(categorySchema),
  /** Of a carnet: the bases that hold it and that the person may read, newest integration first. Of a base: none. */
  bases: z.array(relatedCollectionSchema.extend({ id: baseIdSchema })),
  /** The writing guide, ProseMirror JSON: for those who may add to it, null for others and where there is none. */
  guide: z.unknown(),
  /**
   * Of a carnet, for those who may add to it: what notes that are made in it begin with, with its title (empty for a built-in one). Null where there is none that the person may
   * read.
   */
  template: z.object({ key: templateKeySchema, title: z.string() }).nullable(),
  ...setAsideSchema.shape,
});
export type CollectionPage = z.infer<typeof collectionPageSchema>;
/** The page of a carnet. */
export interface CarnetPage extends CollectionPage {
  readonly collection: CollectionPage['collection'] & { readonly id: CarnetId };
}
/** The page of a base. */
export interface BasePage extends CollectionPage {
  readonly collection: CollectionPage['collection'] & { readonly id: BaseId };
}

/** GET /api/carnets/:id/search?q= → its notes, of those that the person may read, that have these words anywhere in them; best first. */
export const collectionSearchQuerySchema = z.object({ q: z.string().max(200) });
export const collectionSearchSchema = z.object({ notes: z.array(noteIdSchema) });

/** PATCH /api/carnets/:id → CollectionPage. DELETE → 204 (trash; what it holds stays). POST /api/carnets/:id/untrash → CollectionPage. */
export const changeCollectionSchema = z.object({
  visibility: z.enum(visibilities).optional(),
  contributionPolicy: z.enum(contributionPolicies).optional(),
  /** Null takes the link away. 409 `conflict` for a visibility or a policy that needs a community where there is none. */
  community: communityIdSchema.nullable().optional(),
  /** What is not given stays. POST /api/carnets/:id/cover?name= with the bytes of an image → CollectionPage gives it one. */
  cover: coverSchema.extend({ image: z.null() }).partial().optional(),
  /** Of a carnet, by its managers: a template that they may read (403 `not_allowed` for another); null for none. 409 `conflict` for a base. */
  template: templateKeySchema.nullable().optional(),
});
/** GET /api/carnets/:id/candidates → whom a manager may name. POST /api/carnets/:id/people → CollectionPage. */
export const candidatesSchema = z.object({ people: z.array(personSchema) });
export const addCollectionPersonSchema = z.object({
  personId: personIdSchema,
  role: z.enum(collectionPersonRoles),
});
/** PATCH /api/carnets/:id/people/:personId → CollectionPage. Never the last manager: 409 `conflict`. */
export const changeCollectionPersonSchema = z.object({ role: z.enum(collectionPersonRoles) });
/** DELETE /api/carnets/:id/people/:personId → CollectionPage, or 204 for who may not see it any more. Never the last manager: 409 `conflict`. */
export const collectionPersonParamsSchema = z.object({ id: collectionIdSchema, personId: personIdSchema });
/** POST /api/carnets/:id/entries → CollectionPage: integrates what the person can read, all or nothing. What is there already stays as it is. */
export const integrateSchema = z.object({
  memberIds: z.array(memberIdSchema).min(1).max(100),
  categoryId: categoryIdSchema.nullable().optional(),
});
const heldRowSchema = z.union([z.literal('now'), z.number().int().min(1), z.null()]).optional();
/**
 * PUT /api/carnets/:id/entries/:memberId/held → CollectionPage, for managers who may read the note. `held`: at which row the carnet holds it (`now`: as it is; null: it follows the note); `seen`: up to which row they looked at what changed
 * since. A row has to be one of a version.
 */
export const holdEntrySchema = z.object({ held: heldRowSchema, seen: heldRowSchema });
/** GET /api/carnets/:id/entries/:memberId/held → what is held, for whoever is given it. */
export const heldContentSchema = z.object({
  seq: z.number().int(),
  at: timeSchema,
  title: z.string(),
  language: z.string(),
  body: z.unknown(),
});
// POST /api/carnets/:id/restore-good-state → CollectionPage, writable again, for its managers (409 `conflict` where there is no such state).
// DELETE /api/carnets/:id/entries/:memberId → CollectionPage: managers any, contributors their own.
