import { z } from 'zod';
import { relayRoles } from '../domain/Person.ts';
import { colourSchema, languageSchema, nameSchema, personIdSchema, personSchema } from './common.ts';

/**
 * GET /api/session: who is signed in and what this relay can do. Never an error.
 * `account`: by which one signs in anywhere; null for guests and for the person of a computer. `relay.kind`: `local` is the relay of one computer, `community` a
 * service. `pdf`: whether the relay can print. `mail`: whether letters reach people. `organisation`: what the
 * provider is called by which people of an organisation sign in.
 */
export const sessionSchema = z.object({
  person: personSchema.extend({ role: z.enum(relayRoles) }).nullable(),
  account: z.object({ email: z.string(), verified: z.boolean() }).nullable(),
  /** The guests who they were before they signed in to their account: this device may keep copies of theirs. */
  former: z.array(personIdSchema),
  relay: z.object({
    kind: z.enum(['local', 'community']),
    pdf: z.boolean(),
    mail: z.boolean(),
    organisation: z.string().nullable(),
    version: z.string(),
    schemaVersion: z.number().int(),
    maxAttachmentBytes: z.number().int(),
  }),
  /** Set in the answer to a sign-in that took a deletion of the account back; after one at the organisation, in the first answer to GET /api/session. */
  stayed: z.literal(true).optional(),
  /** The same where it took what a guest wrote to the account. */
  joined: z.literal(true).optional(),
});
export type Session = z.infer<typeof sessionSchema>;

/** POST /api/session/launch → Session, and sets the session cookie. 401 `launch_invalid`. The language decides the welcome carnet's, once. */
export const launchRequestSchema = z.object({
  secret: z.string().min(20).max(200),
  language: languageSchema,
});
/** PATCH /api/session/person → Session. */
export const changePersonSchema = z.object({ name: nameSchema.optional(), colour: colourSchema.optional() });
// DELETE /api/session → 204: signs this browser out.
