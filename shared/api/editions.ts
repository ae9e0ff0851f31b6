import { z } from 'zod';
import { carnetIdSchema, personSchema, remarkSchema, timeSchema } from './common.ts';
import { bookOptionsSchema } from './exports.ts';

/** The editions of a carnet, at /api/carnets/:id/editions: it as it was frozen, to be exported again (`edition:` of `bookMomentSchema`) and cited. */
export const editionSchema = z.object({
  carnet: carnetIdSchema,
  number: z.number().int().positive(),
  title: z.string(),
  remark: z.string().nullable(),
  /** Who froze it; null where they have no account any more. */
  by: personSchema.nullable(),
  at: timeSchema,
  /** SHA-256 of what the whole book says, in hexadecimal. */
  digest: z.string(),
  /** How many notes it holds. */
  notes: z.number().int(),
  /** How it was made into a book. */
  options: bookOptionsSchema,
  /** Who withdrew it, and when; managers alone are told of one that was. */
  withdrawn: z.object({ by: personSchema.nullable(), at: timeSchema }).nullable(),
});
export type Edition = z.infer<typeof editionSchema>;

/** GET …/editions → newest first; `canKeep`: whether the person may freeze and withdraw. */
export const editionListSchema = z.object({ editions: z.array(editionSchema), canKeep: z.boolean() });
export type EditionList = z.infer<typeof editionListSchema>;

/**
 * POST …/editions → Edition (201): freezes the carnet, and those of its notes that the person may read, as they are.
 * `isOpen`: of the notes of which the person sees the history, the text of now stays open to whoever may read the note, also once it changed. 409 `conflict`: somebody else froze it at the same time.
 */
export const freezeEditionSchema = z.object({
  title: z.string().trim().max(200).default(''),
  remark: remarkSchema,
  isOpen: z.boolean().default(true),
  ...bookOptionsSchema.shape,
});
/** PATCH …/editions/:number → Edition. A withdrawn one is exported by nobody until it is put back. */
export const changeEditionSchema = z.object({ withdrawn: z.boolean() });
