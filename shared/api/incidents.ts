import { z } from 'zod';
import { maxIncidentLength } from '../domain/Incident.ts';
import { isDay } from '../domain/dates.ts';
import { incidentIdSchema, personIdSchema, timeSchema } from './common.ts';

// The register of confidentiality incidents (Law 25). For administrators of a community relay; 403 `not_allowed` for others, and for an unknown incident.

const words = z.string().trim().max(maxIncidentLength);
const said = words.min(1);
const day = z.string().refine(isDay);

/** What is stated of an incident. */
export const incidentStatementSchema = z
  .object({
    occurredFrom: day,
    occurredUntil: day.nullable(),
    knownOn: day,
    what: said,
    information: said,
    peopleCount: z.number().int().min(0).max(1_000_000_000).nullable(),
    isSerious: z.boolean(),
    why: words,
    measures: words,
    peopleToldOn: day.nullable(),
    commissionToldOn: day.nullable(),
  })
  .refine(({ occurredFrom, occurredUntil }) => occurredUntil === null || occurredUntil >= occurredFrom, {
    message: 'a period ends after it began',
  });
export type IncidentStatementBody = z.infer<typeof incidentStatementSchema>;

/** POST /api/administration/incidents → 201 `incidentSchema`. */

/** POST /api/administration/incidents/:id/entries → 201 `incidentSchema`: a statement that stands in place of the last, which stays. 409 `conflict` when another came meanwhile. */
export const amendIncidentSchema = z.object({
  /** The number of the entry that it follows. */
  follows: z.number().int().positive(),
  reason: said,
  statement: incidentStatementSchema,
});

export const incidentSchema = z.object({
  id: incidentIdSchema,
  /** Oldest first; the last one stands. */
  entries: z
    .array(
      incidentStatementSchema.and(
        z.object({
          number: z.number().int().positive(),
          at: timeSchema,
          /** Null when it is not known any more. */
          by: z.object({ id: personIdSchema, name: z.string() }).nullable(),
          reason: z.string().nullable(),
        }),
      ),
    )
    .min(1),
});
export type IncidentLine = z.infer<typeof incidentSchema>;

/** GET /api/administration/incidents → all of them, the last entered first. */
export const incidentListSchema = z.object({ incidents: z.array(incidentSchema) });
