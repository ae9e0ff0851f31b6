import { z } from 'zod';
import { maxMessageLength, maxQuoteLength } from '../domain/Thread.ts';
import {
  communityIdSchema,
  messageIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  threadIdSchema,
  timeSchema,
} from './common.ts';

/** A relative position, base64url of `encodeRelativePosition`: an id, a name and a side, never more than this. */
const position = z.string().regex(/^[A-Za-z0-9_-]{2,120}$/);
export const threadAnchorSchema = z.object({
  start: position,
  end: position,
  quote: z.string().trim().min(1).max(maxQuoteLength),
});

const words = {
  text: z.string().trim().min(1).max(maxMessageLength),
  /** Those named in it with `@`; who may not take part in the discussion is left out without a word. */
  mentions: z.array(personIdSchema).max(20).default([]),
};
/** A message to be. Its id is made by who writes: sent again, it is written once. `writtenAt`: by the clock of the device, where it waited there. */
export const newMessageSchema = z.object({
  id: messageIdSchema,
  ...words,
  writtenAt: timeSchema.nullable().default(null),
});
/**
 * POST /api/notes/:id/threads → ThreadLine. `anchor`: the passage that it is about; null for the note. `announce`: tells the people of the linked community,
 * where who writes is in it; else nobody is told, and the words are said all the same.
 */
export const startThreadSchema = z.object({
  id: threadIdSchema,
  message: newMessageSchema,
  anchor: threadAnchorSchema.nullable().default(null),
  announce: z.boolean().default(false),
});
/** PATCH …/messages/:messageId → ThreadLine; DELETE takes the message back → 204. */
export const editMessageSchema = z.object(words);
/** PATCH /api/notes/:id/threads/:threadId → ThreadLine. */
export const resolveThreadSchema = z.object({ resolved: z.boolean() });

export const threadParamsSchema = z.object({ id: noteIdSchema, threadId: threadIdSchema });
export const messageParamsSchema = threadParamsSchema.extend({ messageId: messageIdSchema });

export const messageLineSchema = z.object({
  id: messageIdSchema,
  /** Null for somebody who is no longer known. */
  by: personSchema.nullable(),
  /** Empty when it was taken back. */
  text: z.string(),
  mentions: z.array(personSchema),
  createdAt: timeSchema,
  /** As the device says, within bounds, where it was written without a way here. A relay that is older does not say. */
  writtenAt: timeSchema.nullable().default(null),
  editedAt: timeSchema.nullable(),
  deletedAt: timeSchema.nullable(),
  /** By an administrator: only who said it still reads it. */
  isHidden: z.boolean(),
});
export type MessageLine = z.infer<typeof messageLineSchema>;
export const threadLineSchema = z.object({
  id: threadIdSchema,
  createdAt: timeSchema,
  anchor: threadAnchorSchema.nullable(),
  resolvedAt: timeSchema.nullable(),
  resolvedBy: personSchema.nullable(),
  /** Whether the asker may close and reopen it. */
  mayResolve: z.boolean(),
  /** Oldest first. */
  messages: z.array(messageLineSchema),
});
export type ThreadLine = z.infer<typeof threadLineSchema>;
/** GET /api/notes/:id/threads → oldest first; those of which every word was taken back are left out. `announceTo`: the community that a new thread may be announced to. */
export const threadListSchema = z.object({
  threads: z.array(threadLineSchema),
  announceTo: z.object({ id: communityIdSchema, name: z.string() }).nullable(),
});

/** GET /api/notes/:id/mentionable?q= → whom the asker may name with `@`, by name, at most eight. */
export const mentionableQuerySchema = z.object({ q: z.string().max(80).default('') });
export const mentionableSchema = z.object({ people: z.array(personSchema) });
