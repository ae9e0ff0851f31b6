import { z } from 'zod';
import { noticeIdSchema, personSchema, timeSchema } from './common.ts';
import { noticeKinds } from '../domain/Notice.ts';

/** One line of the inbox. `title` is null where the person may not see what it is about (any more). */
export const noticeLineSchema = z.object({
  id: noticeIdSchema,
  kind: z.enum(noticeKinds),
  subject: z.enum(['note', 'carnet', 'community']),
  subjectId: z.string(),
  title: z.string().nullable(),
  from: personSchema.nullable(),
  text: z.string().nullable(),
  at: timeSchema,
  isRead: z.boolean(),
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;
/** GET /api/notices → the newest first, at most 200. */
export const noticeListSchema = z.object({
  notices: z.array(noticeLineSchema),
  unread: z.number().int(),
});
/** POST /api/notices/read → 204: what came up to `until` was seen. */
export const readNoticesSchema = z.object({ until: timeSchema });
