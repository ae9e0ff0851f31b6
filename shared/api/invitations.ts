import { z } from 'zod';
import {
  baseIdSchema,
  carnetIdSchema,
  colourSchema,
  communityIdSchema,
  invitationIdSchema,
  nameSchema,
  noteIdSchema,
  timeSchema,
} from './common.ts';
import { invitationRoles, invitationSubjects } from '../domain/Invitation.ts';

export const invitationSchema = z.object({
  id: invitationIdSchema,
  subject: z.enum(invitationSubjects),
  role: z.enum(invitationRoles),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  uses: z.number().int(),
});
export type InvitationSummary = z.infer<typeof invitationSchema>;

/** POST /api/invitations → { invitation, url }. The url's secret is in its fragment (`<public url>/join#<secret>`) and is shown this once. */
export const createInvitationSchema = z.discriminatedUnion('subject', [
  z.object({
    subject: z.literal('note'),
    subjectId: noteIdSchema,
    role: z.enum(['author', 'commenter', 'reader']),
    days: z.number().int().min(1).max(365).default(30),
  }),
  z.object({
    subject: z.literal('carnet'),
    subjectId: carnetIdSchema,
    role: z.enum(['manager', 'contributor', 'reader']),
    days: z.number().int().min(1).max(365).default(30),
  }),
  z.object({
    subject: z.literal('base'),
    subjectId: baseIdSchema,
    role: z.enum(['manager', 'contributor', 'reader']),
    days: z.number().int().min(1).max(365).default(30),
  }),
  z.object({
    subject: z.literal('community'),
    subjectId: communityIdSchema,
    role: z.enum(['member', 'responsable']),
    days: z.number().int().min(1).max(365).default(30),
  }),
  // For administrators: it makes one account.
  z.object({
    subject: z.literal('relay'),
    role: z.enum(['member', 'administrator']),
    days: z.number().int().min(1).max(365).default(7),
  }),
]);
export const createdInvitationSchema = z.object({ invitation: invitationSchema, url: z.string() });
/** GET /api/invitations?subject=note&subjectId=… (`subject=relay` alone) → those still valid. DELETE /api/invitations/:id → 204 (revoked). */
export const invitationListSchema = z.object({ invitations: z.array(invitationSchema) });

/** POST /api/invitations/preview → what one is invited to. 404 `invitation_invalid` when unknown, expired or revoked alike. */
export const previewInvitationSchema = z.object({ secret: z.string().min(20).max(200) });
export const invitationPreviewSchema = z.object({
  subject: z.enum(invitationSubjects),
  role: z.enum(invitationRoles),
  title: z.string().nullable(),
  invitedBy: z.string().nullable(),
  /** A hue that the people one will write with do not have, to begin with. */
  colour: colourSchema,
});
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>;
/**
 * POST /api/invitations/accept → { path }. Signed out: creates a guest with this name and colour, and the session cookie; an invitation to the relay makes an account
 * instead (POST /api/account), 400 `invalid_request` here.
 * Signed in: gives the role to the person signed in (name and colour are ignored). `path` is where to go (`/notes/…`, `/carnets/…`, `/bases/…`, `/communities/…`, `/`).
 */
export const acceptInvitationSchema = z.object({
  secret: z.string().min(20).max(200),
  name: nameSchema.optional(),
  colour: colourSchema.optional(),
});
export const acceptedInvitationSchema = z.object({ path: z.string() });
