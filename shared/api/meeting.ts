import { z } from 'zod';
import {
  carnetIdSchema,
  colourSchema,
  nameSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  timeSchema,
} from './common.ts';
import { noteKinds } from '../domain/Note.ts';
import { readMeetingCode } from '../domain/meetingCode.ts';

/** A code as somebody types it, read. */
export const meetingCodeSchema = z
  .string()
  .max(60)
  .transform((typed, context) => {
    const code = readMeetingCode(typed);
    if (code === null) context.addIssue({ code: 'custom', message: 'not a code' });
    return code ?? z.NEVER;
  });

/** 32 bytes, base64url: a secret, or its SHA-256. */
const hashSchema = z.string().regex(/^[\w-]{43}$/);

/** Where a meeting is served: IPv4. */
export const meetingPlaceSchema = z.object({
  address: z.ipv4(),
  port: z.number().int().min(1).max(65_535),
});

/**
 * GET /api/meeting, of the person of a computer: the meeting that it hosts. `code`: twelve characters. `wrongCodes`: how often somebody gave a wrong one since the code was made; `locked`: nobody joins
 * until there is a new one. A guest who `isHere` has a carnet or a note of it open.
 */
export const hostedMeetingSchema = z.object({
  canHost: z.boolean(),
  meeting: z
    .object({
      startedAt: timeSchema,
      carnets: z.array(z.object({ id: carnetIdSchema, title: z.string() })),
      mayWrite: z.boolean(),
      code: z.string(),
      places: z.array(meetingPlaceSchema),
      wrongCodes: z.number().int(),
      locked: z.boolean(),
      guests: z.array(personSchema.extend({ joinedAt: timeSchema, isHere: z.boolean() })),
    })
    .nullable(),
});
export type HostedMeeting = z.infer<typeof hostedMeetingSchema>;

/** POST /api/meeting → 201 HostedMeeting. 409 `conflict` while one lasts, `no_local_network`. */
export const openMeetingSchema = z.object({
  carnets: z.array(carnetIdSchema).min(1).max(100),
  mayWrite: z.boolean(),
});
// POST /api/meeting/code → HostedMeeting with a new code. DELETE /api/meeting/guests/:id → 204. DELETE /api/meeting → 204.

/**
 * What a guest's computer sends to the host's over TLS, once the certificate is the one that the code names: POST /meeting/join. `claim`: SHA-256, base64url, of a secret that it keeps, by which the
 * guest shows elsewhere that they are who wrote. `back`: a key that both computers keep. With those of `earlier` meetings it makes a
 * proof for each over the certificate that answers, which says nothing to a host who does not have the key: who comes again is who they were.
 */
export const joinMeetingSchema = z.object({
  code: meetingCodeSchema,
  name: nameSchema,
  colour: colourSchema.optional(),
  claim: hashSchema,
  back: hashSchema.optional(),
  earlier: z.array(hashSchema).max(50).default([]),
});

/** What a meeting holds, as its guests are told: GET /meeting. */
export const meetingContentSchema = z.object({
  host: z.object({ id: personIdSchema, name: z.string() }),
  mayWrite: z.boolean(),
  carnets: z.array(
    z.object({
      id: carnetIdSchema,
      title: z.string(),
      notes: z.array(z.object({ id: noteIdSchema, kind: z.enum(noteKinds), title: z.string() })),
    }),
  ),
});
export type MeetingContent = z.infer<typeof meetingContentSchema>;

/** The answer to /meeting/join. `session`: to be sent as `Authorization: Bearer`. */
export const joinedMeetingSchema = z.object({
  session: z.string(),
  person: personSchema,
  content: meetingContentSchema,
});
export type JoinedMeeting = z.infer<typeof joinedMeetingSchema>;
// DELETE /meeting/session → 204: the guest leaves.

/**
 * POST /api/joined-meetings → 201 JoinedMeetingSummary, of the person of a computer who joins another's meeting by its code. `place`: where it is said to be; without it, it is looked for on the network.
 * 404 `meeting_not_found`, 502 `meeting_unreachable`, 403 `meeting_code_wrong`, 423 `meeting_locked`, 429 `too_many_requests`.
 */
export const joinByCodeSchema = z.object({
  code: meetingCodeSchema,
  name: nameSchema.optional(),
  place: meetingPlaceSchema.optional(),
});
/** A meeting that was joined: `problem` is what the last request came to; `not_signed_in` when it is over, or one was taken out. */
export const joinedMeetingSummarySchema = z.object({
  id: z.string(),
  host: z.string(),
  person: personSchema,
  joinedAt: timeSchema,
  place: meetingPlaceSchema,
  problem: z.enum(['home_unreachable', 'not_signed_in']).nullable(),
});
export type JoinedMeetingSummary = z.infer<typeof joinedMeetingSummarySchema>;
/** GET /api/joined-meetings. GET /api/joined-meetings/:id → MeetingContent, asked of the host. DELETE /api/joined-meetings/:id → 204: leaves it. */
export const joinedMeetingsSchema = z.object({ meetings: z.array(joinedMeetingSummarySchema) });
// GET /api/joined-meetings/claims/:home → OpenClaims: what a followed relay has of the person of this computer as their hosts state it. POST → 204: « these texts are mine ».
