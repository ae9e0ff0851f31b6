import { z } from 'zod';
import { carnetIdSchema, noticeIdSchema, personSchema, timeSchema } from './common.ts';
import { noticeKinds, noticeTopics, noticeWays } from '../domain/Notice.ts';
import { digestRhythms, isTimeZone } from '../domain/NoticeSettings.ts';
import { languages } from '../domain/Person.ts';

/** One line of the inbox. `title` is null where the person may not see what it is about (any more); `within` where they may not see that carnet. */
export const noticeLineSchema = z.object({
  id: noticeIdSchema,
  kind: z.enum(noticeKinds),
  subject: z.enum(['note', 'carnet', 'base', 'community']),
  subjectId: z.string(),
  title: z.string().nullable(),
  /** The carnet that a note was integrated in. */
  within: z.object({ id: carnetIdSchema, title: z.string() }).nullable(),
  from: personSchema.nullable(),
  text: z.string().nullable(),
  at: timeSchema,
  /** When they saw it; null while it is new. */
  readAt: timeSchema.nullable(),
  /** How many of its kind it stands for. */
  count: z.number().int(),
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;
/** GET /api/notices?before= → at most 100, the newest first; those older than one of them. 403 `not_allowed` for one that is not there any more. */
export const noticePageSchema = z.object({ before: noticeIdSchema.optional() });
/** `language` is the one that letters are written in, null before it was told. */
export const noticeListSchema = z.object({
  notices: z.array(noticeLineSchema),
  /** How many are new, of all of them. */
  unread: z.number().int(),
  hasMore: z.boolean(),
  language: z.enum(languages).nullable(),
});
/** POST /api/notices/read → what came up to `until` was seen: `readAt` says since when. */
export const readNoticesSchema = z.object({ until: timeSchema });
export const noticesReadSchema = z.object({ readAt: timeSchema });

// POST /api/notices/:id/answer (MessageBody) → 204: answers a message. 403 `not_allowed` for what is none.

const timeZoneSchema = z.string().max(64).refine(isTimeZone);
/** GET /api/notices/settings; PUT → the same: what somebody chose about notices and letters. */
export const noticeSettingsSchema = z.object({
  ways: z.record(z.enum(noticeTopics), z.enum(noticeWays)),
  digest: z.enum(digestRhythms),
  hour: z.number().int().min(0).max(23),
  /** 1 for Monday to 7 for Sunday. */
  weekday: z.number().int().min(1).max(7),
  timeZone: timeZoneSchema,
  language: z.enum(languages).nullable(),
});
/** PUT /api/notices/language → 204: the language and the time zone of the application, for letters. A time zone that was chosen stays. */
export const noticeLanguageSchema = z.object({ language: z.enum(languages), timeZone: timeZoneSchema });
