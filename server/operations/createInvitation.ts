import type { Invitation, InvitationRole } from '#shared/domain/Invitation.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { BaseId, CarnetId, CommunityId, InvitationId, NoteId } from '#shared/domain/ids.ts';
import {
  canInviteToCollection,
  canInviteToCommunity,
  canInviteToNote,
} from '#shared/permissions/permissions.ts';
import {
  requireAdministrator,
  requireCollection,
  requireCommunity,
  requireNote,
  requirePerson,
} from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { hashSecret, newId, newSecret } from '../secrets.ts';
import { record } from './traceOf.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** What is invited to. */
export type InvitationTarget =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId }
  | { readonly subject: 'base'; readonly subjectId: BaseId }
  | { readonly subject: 'community'; readonly subjectId: CommunityId }
  | { readonly subject: 'relay'; readonly subjectId?: null };

export type InvitationInput = InvitationTarget & { readonly role: InvitationRole; readonly days: number };

/** Checks that the caller may invite to this. @throws AppError `not_signed_in`, `not_allowed`. */
export async function requireInviter(
  context: RelayContext,
  caller: Caller,
  target: InvitationTarget,
): Promise<void> {
  const { catalogue } = context;
  requirePerson(caller);
  switch (target.subject) {
    case 'note':
      await requireNote(catalogue, caller, target.subjectId, canInviteToNote);
      break;
    case 'carnet':
    case 'base': {
      const ref = { kind: target.subject, id: target.subjectId } as CollectionRef;
      await requireCollection(catalogue, caller, ref, canInviteToCollection);
      break;
    }
    case 'community':
      await requireCommunity(catalogue, caller, target.subjectId, canInviteToCommunity);
      break;
    case 'relay':
      requireAdministrator(caller);
  }
}

/** Makes an invitation link. @returns its secret too, which the relay does not keep. @throws AppError `not_signed_in`, `not_allowed`. */
export async function createInvitation(
  context: RelayContext,
  caller: Caller,
  input: InvitationInput,
): Promise<{ invitation: Invitation; secret: string }> {
  await requireInviter(context, caller, input);
  const by = requirePerson(caller).id;
  const made = await addInvitation(context, {
    ...input,
    subjectId: input.subjectId ?? null,
    createdBy: by,
  });
  if (input.subject === 'relay') {
    const { id, role } = made.invitation;
    await record(context, 'relay.invited', { by, subjectId: id, value: role });
  }
  return made;
}

/** Makes the one-time invitation by which the first administrator of a community relay comes in. */
export function createAdministratorInvitation(
  context: RelayContext,
): Promise<{ invitation: Invitation; secret: string }> {
  return addInvitation(context, {
    subject: 'relay',
    subjectId: null,
    role: 'administrator',
    days: 365,
    createdBy: null,
  });
}

async function addInvitation(
  context: RelayContext,
  input: Pick<Invitation, 'subject' | 'subjectId' | 'role' | 'createdBy'> & { days: number },
): Promise<{ invitation: Invitation; secret: string }> {
  const secret = newSecret();
  const { days, ...fields } = input;
  const createdAt = context.now();
  const invitation = {
    id: newId<InvitationId>(),
    ...fields,
    createdAt,
    expiresAt: createdAt + days * dayMs,
    revokedAt: null,
    uses: 0,
  };
  await context.catalogue.invitations.add({ ...invitation, secretHash: hashSecret(secret) });
  return { invitation, secret };
}
