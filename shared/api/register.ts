import { z } from 'zod';
import { registerActs, registerKinds } from '../domain/Register.ts';
import { languageSchema, personIdSchema, timeSchema } from './common.ts';

// For administrators of a community relay; 403 `not_allowed` for others.

const time = z.coerce.number().int().nonnegative();

/** What narrows the register; what is absent narrows nothing. */
export const registerFilterSchema = z.object({
  /** Who did it, or whose right it is about. */
  person: personIdSchema.optional(),
  act: z.enum(registerActs).optional(),
  kind: z.enum(registerKinds).optional(),
  /** Unix milliseconds, included. */
  from: time.optional(),
  /** Unix milliseconds, excluded. */
  until: time.optional(),
});
export type RegisterFilter = z.infer<typeof registerFilterSchema>;

/** GET /api/administration/register?… → entries, newest first, `registerPageLength` at a time. `before`: the number of the last one of the page before. */
export const registerQuerySchema = registerFilterSchema.extend({
  before: z.coerce.number().int().positive().optional(),
});
export const registerPageLength = 100;

/** GET /api/administration/register.csv?…&language=fr → the same, all of it, for a spreadsheet; that it was taken is an entry too. */
export const registerFileSchema = registerFilterSchema.extend({ language: languageSchema.default('fr') });

/** With where it is. */
const thing = z.object({ title: z.string(), path: z.string() }).nullable();
const named = z.object({ id: personIdSchema, name: z.string() }).nullable();
export const registerLineSchema = z.object({
  number: z.number().int().positive(),
  at: timeSchema,
  /** Of `registerActs`; a newer relay may have more. */
  act: z.string(),
  /** Null for the relay itself, and where it is not known, or not any more. */
  by: named,
  /** Whose right it is about, when that is another. */
  person: named,
  value: z.string().nullable(),
  /** What it was done to, as far as who asks may read it. */
  subject: thing,
  /** What `value` names, where it is an id: the note that a community was linked to. */
  target: thing,
  /** « Firefox, Linux » */
  device: z.string().nullable(),
});
export type RegisterEntryLine = z.infer<typeof registerLineSchema>;
export const registerSchema = z.object({ entries: z.array(registerLineSchema), hasMore: z.boolean() });
export type RegisterPage = z.infer<typeof registerSchema>;
