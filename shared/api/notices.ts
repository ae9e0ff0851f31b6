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
  isRead: z.boolean(),
  /** How many of its kind it stands for. */
  count: z.number().int(),
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;
/** GET /api/notices → the newest first, at most 100. `language` is the one that letters are written in, null before it was told. */
export const noticeListSchema = z.object({
  notices: z.array(noticeLineSchema),
  unread: z.number().int(),
  /** New ones that are older than those of the list. */
  more: z.number().int(),
  language: z.enum(languages).nullable(),
});
/** POST /api/notices/read → 204: what came up to `until` was seen. */
export const readNoticesSchema = z.object({ until: timeSchema });

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
