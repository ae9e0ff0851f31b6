import { z } from 'zod';
import {
  attachmentIdSchema,
  baseIdSchema,
  carnetIdSchema,
  communityIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  threadIdSchema,
  timeSchema,
} from './common.ts';
import { baseSummarySchema, carnetSummarySchema } from './collections.ts';
import { noteSummarySchema } from './notes.ts';
import { communityPersonRoles } from '../domain/Community.ts';
import { communityRoles } from '../permissions/permissions.ts';

export const communitySummarySchema = z.object({
  id: communityIdSchema,
  name: z.string(),
  description: z.string(),
  /** GET /api/attachments/:id */
  image: attachmentIdSchema.nullable(),
  /** Whether everybody may see its page. */
  isPublic: z.boolean(),
  role: z.enum(communityRoles),
  /** Responsables and members. */
  memberCount: z.number().int(),
  createdAt: timeSchema,
});
export type CommunitySummary = z.infer<typeof communitySummarySchema>;
/** GET /api/communities → all of them, by name; for who is signed in. */
export const communityListSchema = z.object({ communities: z.array(communitySummarySchema) });

const communityName = z.string().trim().min(1).max(120);
const communityDescription = z.string().trim().max(5_000);
/** POST /api/communities → CommunityPage (201). */
export const createCommunitySchema = z.object({
  name: communityName,
  description: communityDescription.default(''),
});
/** PATCH /api/communities/:id → CommunityPage. `image: null` takes it away; POST /api/communities/:id/image?name= with the raw bytes gives one → CommunityPage. */
export const changeCommunitySchema = z.object({
  name: communityName.optional(),
  description: communityDescription.optional(),
  image: z.null().optional(),
  isPublic: z.boolean().optional(),
});

/** What happened in a community, newest first. Notes, carnets and bases that the person may not read are left out. */
export const activitySchema = z.object({
  kind: z.enum([
    'created',
    'joined',
    /** An author brought it here, by a link or into a carnet, within a day of making it. */
    'note_created',
    'note_linked',
    'carnet_linked',
    'base_linked',
    'integrated',
    'discussed',
  ]),
  at: timeSchema,
  person: personSchema.nullable(),
  note: z.object({ id: noteIdSchema, title: z.string() }).nullable(),
  carnet: z.object({ id: carnetIdSchema, title: z.string() }).nullable(),
  base: z.object({ id: baseIdSchema, title: z.string() }).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

/** A thread about a note of a community. */
export const communityThreadSchema = z.object({
  id: threadIdSchema,
  note: z.object({ id: noteIdSchema, title: z.string() }),
  by: personSchema.nullable(),
  createdAt: timeSchema,
  lastAt: timeSchema,
  messageCount: z.number().int(),
  isResolved: z.boolean(),
});

/** Someone who waits for an answer. */
export const accessRequestSchema = z.object({
  person: personSchema,
  text: z.string().nullable(),
  at: timeSchema,
});
export type AccessRequestLine = z.infer<typeof accessRequestSchema>;

/** GET /api/communities/:id. `members` is for those who are in it, `requests` for those who answer them: empty for others; so is, of `activity`, who founded and joined it. */
export const communityPageSchema = z.object({
  community: communitySummarySchema,
  responsables: z.array(personSchema),
  members: z.array(personSchema),
  /** What is linked to it and the person may read, last modified first. */
  notes: z.array(noteSummarySchema),
  carnets: z.array(carnetSummarySchema),
  bases: z.array(baseSummarySchema),
  requests: z.array(accessRequestSchema),
  /** The person asked to join and waits for the answer. */
  asked: z.boolean(),
  /** Discussions of its notes that the person takes part in or may, the one with the newest word first. */
  discussions: z.array(communityThreadSchema),
  activity: z.array(activitySchema),
});
export type CommunityPage = z.infer<typeof communityPageSchema>;

/** What somebody says with a request. */
export const askSchema = z.object({ text: z.string().trim().max(2_000).default('') });
/** POST /api/communities/:id/requests (AskBody) → CommunityPage: asks to join. POST …/requests/:personId → CommunityPage: the answer. */
export const answerSchema = z.object({ approved: z.boolean() });
/** PATCH /api/communities/:id/people/:personId → CommunityPage. DELETE → CommunityPage: takes out, or leaves. 409 `conflict` for the last responsable. */
export const changeMemberSchema = z.object({ role: z.enum(communityPersonRoles) });
export const communityPersonParamsSchema = z.object({ id: communityIdSchema, personId: personIdSchema });
