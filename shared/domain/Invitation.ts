import type { CollectionId, CommunityId, InvitationId, NoteId, PersonId } from './ids.ts';

/** What an invitation opens. `relay` makes an account (the first, an administrator's, is printed at the first start). */
export const invitationSubjects = ['note', 'carnet', 'base', 'community', 'relay'] as const;
export type InvitationSubject = (typeof invitationSubjects)[number];

/**
 * What the guest may do: `author`, `commenter` and `reader` on a note, `manager`, `contributor` and `reader` on a carnet or a base, `responsable` and `member` in a community, `administrator` and
 * `member` of a relay.
 */
export const invitationRoles = [
  'author',
  'commenter',
  'reader',
  'manager',
  'contributor',
  'responsable',
  'administrator',
  'member',
] as const;
export type InvitationRole = (typeof invitationRoles)[number];

export interface Invitation {
  readonly id: InvitationId;
  readonly subject: InvitationSubject;
  readonly subjectId: NoteId | CollectionId | CommunityId | null;
  readonly role: InvitationRole;
  readonly createdBy: PersonId | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  /** How many people joined through it. */
  readonly uses: number;
}
