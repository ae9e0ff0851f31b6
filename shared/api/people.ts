import { z } from 'zod';
import { baseSummarySchema, carnetSummarySchema } from './collections.ts';
import { communityIdSchema, noteIdSchema, personIdSchema, personSchema } from './common.ts';
import { noteLinkSchema } from './notes.ts';

/**
 * GET /api/people/:id → what a person's page shows to who is signed in: of their carnets, bases and communities, those that the reader may know of. Their notes are those of
 * GET /api/notes?author=<id>, in pages.
 */
export const profilePageSchema = z.object({
  person: personSchema,
  organisation: z.string(),
  /** Null also where the reader may not read it. */
  organisationNote: noteLinkSchema.nullable(),
  presentation: z.string(),
  /** Those that they keep or contribute to. */
  carnets: z.array(carnetSummarySchema),
  bases: z.array(baseSummarySchema),
  /** Those whose members the reader may see, and those that they are a responsable of. */
  communities: z.array(z.object({ id: communityIdSchema, name: z.string() })),
});
export type ProfilePage = z.infer<typeof profilePageSchema>;

export const profileParamsSchema = z.object({ id: personIdSchema });

/** PATCH /api/session/profile → ProfilePage: one's own. 403 `not_allowed` for a note that is no organisation, or that one may not read. */
export const changeProfileSchema = z.object({
  organisation: z.string().trim().max(120).optional(),
  organisationNote: noteIdSchema.nullable().optional(),
  presentation: z.string().trim().max(1_000).optional(),
});
