import { z } from 'zod';
import { visibilities } from '../domain/Visibility.ts';
import {
  baseIdSchema,
  carnetIdSchema,
  communityIdSchema,
  noteIdSchema,
  personIdSchema,
  personSchema,
  timeSchema,
} from './common.ts';

/** How long somebody who deletes their account can come back, in days. */
export const leavingDays = 7;

/** What becomes of a note, a carnet or a base that would be left without anybody: `hand` gives it to a member of its community, or (null) to its responsables. */
export const leavingChoiceSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('trash') }),
  /** It stays visible as it is, without their name; only what others than they see. */
  z.object({ act: z.literal('leave') }),
  z.object({ act: z.literal('hand'), to: personIdSchema.nullable() }),
]);
export type LeavingChoice = z.infer<typeof leavingChoiceSchema>;

const leftThing = z.object({
  title: z.string(),
  visibility: z.enum(visibilities),
  /** The one that it is linked to, with those to whom it can be handed. */
  community: z
    .object({
      id: communityIdSchema,
      name: z.string(),
      hasResponsables: z.boolean(),
      people: z.array(personSchema),
    })
    .nullable(),
});

/**
 * GET /api/account/leaving → what would be left without anybody, and how the person confirms. For those of a community relay.
 * `dueAt`: set while a deletion waits, which a guest may take back here; somebody with an account takes it back by signing in.
 */
export const leavingPlanSchema = z.object({
  dueAt: timeSchema.nullable(),
  confirmBy: z.object({ password: z.boolean(), passkey: z.boolean(), organisation: z.boolean() }).nullable(),
  /** They are the only administrator: that role is to be given first. */
  isLastAdministrator: z.boolean(),
  notes: z.array(leftThing.extend({ id: noteIdSchema })),
  carnets: z.array(leftThing.extend({ id: carnetIdSchema })),
  bases: z.array(leftThing.extend({ id: baseIdSchema })),
  /** Those whose only responsable they are. With nobody else in it, somebody is to be invited first. */
  communities: z.array(z.object({ id: communityIdSchema, name: z.string(), people: z.array(personSchema) })),
});
export type LeavingPlan = z.infer<typeof leavingPlanSchema>;
/** What would be left without anybody, and needs a choice. */
export type LeftThing = LeavingPlan['notes' | 'carnets' | 'bases'][number];

/**
 * POST /api/account/leaving → what was asked: everything of `choices` is done after `leavingDays`, the communities get their responsable at once, and every session of an account
 * ends. 409 `conflict` when something was not chosen or cannot be so; 401 `sign_in_failed`; 403 `sign_in_again` without a password, for a session of more than ten minutes.
 * DELETE /api/account/leaving → 204.
 */
export const leaveSchema = z.object({
  /** By the id of the note, the carnet or the base. */
  choices: z.record(z.string(), leavingChoiceSchema),
  /** Who becomes responsable, by the community's id. */
  communities: z.record(z.string(), personIdSchema),
  password: z.string().min(1).max(1_000).optional(),
});
export const leavingSchema = z.object({ dueAt: timeSchema });
