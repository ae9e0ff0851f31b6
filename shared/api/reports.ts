import { z } from 'zod';
import { maxReportLength, reportOutcomes } from '../domain/Report.ts';
import { personSchema, reportIdSchema, timeSchema } from './common.ts';

/**
 * POST /api/notes/:id/threads/:threadId/messages/:messageId/reports → 204: tells the administrators of what somebody said; they will read it. 429 beyond ten an hour.
 * Pages that everybody may read are reported by a form without a script, at `/report/notes/:id`, `/report/carnets/:id`, `/report/bases/:id` and `/report/communities/:id`.
 */
export const reportSchema = z.object({ reason: z.string().trim().min(1).max(maxReportLength) });

/** GET /api/administration/reports → those that nobody settled first, then the newest. For administrators of a community relay. */
export const reportListSchema = z.object({
  reports: z.array(
    z.object({
      id: reportIdSchema,
      subject: z.enum(['note', 'carnet', 'base', 'community', 'message']),
      /** Where it is, in the application. */
      path: z.string(),
      /** Null where the administrator may not see it. */
      title: z.string().nullable(),
      /** What was said, of a message that was not taken back. */
      message: z.object({ by: personSchema.nullable(), text: z.string(), isHidden: z.boolean() }).nullable(),
      by: personSchema.nullable(),
      reason: z.string(),
      at: timeSchema,
      settled: z
        .object({
          by: personSchema.nullable(),
          at: timeSchema,
          outcome: z.enum(reportOutcomes),
          words: z.string(),
        })
        .nullable(),
    }),
  ),
});
export type ReportLine = z.infer<typeof reportListSchema>['reports'][number];

/** PATCH /api/administration/reports/:id → 204. `settled`: what was done, or (null) it is open again. `hidden`: of a message; its author is told. */
export const changeReportSchema = z.object({
  settled: z
    .object({ outcome: z.enum(reportOutcomes), words: z.string().trim().max(maxReportLength).default('') })
    .nullable()
    .optional(),
  hidden: z.boolean().optional(),
});
