import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionId, CommunityId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { PersonColour, RelayRole } from '#shared/domain/Person.ts';
import {
  canAdminister,
  canInviteToCollection,
  canInviteToCommunity,
  canInviteToNote,
  communityRole,
} from '#shared/permissions/permissions.ts';
import { collectionsOf, roleOnCollection, roleOnNote } from '../access.ts';
import { type Caller, loadCaller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { hashSecret, newId } from '../secrets.ts';
import { freeColour } from './freeColour.ts';
import type { InvitationRecord } from '../storage/ports/InvitationStore.ts';
import { newMember } from './askToJoin.ts';
import { newAuthor } from './changeAuthors.ts';
import { communityChanged } from './communityChanged.ts';
import { pushNotices, record, type Telling, traceOf } from './traceOf.ts';

const unlimitedUses = Number.MAX_SAFE_INTEGER;

/** Unknown, expired, revoked, used up, and given by someone who could not give it any more: all alike. */
export function invitationInvalid(): AppError {
  return new AppError('invitation_invalid', 'this invitation is not, or no longer, good');
}

/**
 * Finds the invitation that a link's secret opens, and who gave it.
 * @throws AppError `invitation_invalid`.
 */
export async function findInvitation(
  context: RelayContext,
  secret: string,
): Promise<{ invitation: InvitationRecord; inviter: Caller }> {
  const { catalogue } = context;
  const invitation = await catalogue.invitations.findBySecret(hashSecret(secret));
  if (invitation === null || invitation.revokedAt !== null || invitation.expiresAt <= context.now())
    throw invitationInvalid();
  const inviter = await loadCaller(catalogue, invitation.createdBy);
  if (invitation.subject === 'relay') {
    // The first one is the relay's own.
    const stands = invitation.createdBy === null || canAdminister(inviter);
    if (invitation.uses > 0 || !stands) throw invitationInvalid();
  }
  if (invitation.subject === 'note') {
    const note = await catalogue.notes.get(invitation.subjectId as NoteId);
    if (note === null || note.trashedAt !== null || !canInviteToNote(roleOnNote(inviter, note)))
      throw invitationInvalid();
  }
  if (invitation.subject === 'carnet' || invitation.subject === 'base') {
    const store = collectionsOf(catalogue, invitation.subject);
    const collection = await store.get(invitation.subjectId as CollectionId);
    if (collection === null || collection.trashedAt !== null) throw invitationInvalid();
    if (!canInviteToCollection(roleOnCollection(inviter, collection))) throw invitationInvalid();
  }
  if (invitation.subject === 'community') {
    const community = await catalogue.communities.get(invitation.subjectId as CommunityId);
    if (community === null || !canInviteToCommunity(communityRole(inviter, community.id)))
      throw invitationInvalid();
  }
  return { invitation, inviter };
}

/**
 * Takes an invitation: makes a guest of who is signed out, and gives the role.
 * @param guest - name and colour of somebody who is not signed in; a missing colour is one that the others do not have.
 * @returns the person who has the role now, whether they are new here, and where to go.
 * @throws AppError `invitation_invalid`; `invalid_request` for a guest without a name, and for an invitation to the relay without an account.
 */
export async function acceptInvitation(
  context: RelayContext,
  caller: Caller,
  secret: string,
  guest: { name?: string | undefined; colour?: PersonColour | undefined },
): Promise<{ person: { id: PersonId; name: string }; joined: boolean; path: string }> {
  const { catalogue } = context;
  const { invitation } = await findInvitation(context, secret);
  if (caller === null && guest.name === undefined)
    throw new AppError('invalid_request', 'a guest has a name');
  if (invitation.subject === 'relay' && caller?.kind !== 'account')
    throw new AppError('invalid_request', 'an invitation to the relay makes an account: see createAccount');
  // Whoever is that already leaves it to somebody else.
  if (invitation.subject === 'relay' && caller !== null && !raises(invitation.role, caller.role))
    return { person: { id: caller.id, name: caller.name }, joined: false, path: '/' };
  const now = context.now();
  const maxUses = invitation.subject === 'relay' ? 1 : unlimitedUses;
  if (!(await catalogue.invitations.use(invitation.id, now, maxUses))) throw invitationInvalid();

  const person = caller?.id ?? newId<PersonId>();
  const name = caller?.name ?? guest.name ?? '';
  if (caller === null) {
    await catalogue.persons.add({
      id: person,
      kind: 'guest',
      name,
      colour: guest.colour ?? (await freeColour(context, invitation)),
      role: 'member',
      createdAt: now,
    });
  }

  const joined = caller === null;
  const given = { id: person, name };
  if (invitation.subject === 'relay') {
    if (caller !== null) {
      await catalogue.persons.change(person, { role: 'administrator' });
      await record(context, 'relay.role', {
        by: person,
        subjectId: invitation.id,
        person,
        value: 'administrator',
      });
    }
    return { person: given, joined, path: '/' };
  }
  return { person: given, joined, path: await giveRole(context, invitation, person) };
}

function raises(given: InvitationRecord['role'], held: RelayRole): boolean {
  return given === 'administrator' && held === 'member';
}

/** Gives the role on what one was invited to. @returns where it is. */
async function giveRole(
  context: RelayContext,
  { subject, subjectId, role }: InvitationRecord,
  person: PersonId,
): Promise<string> {
  const { catalogue, documents, events, now } = context;
  const id = subjectId as DocumentId | CommunityId;
  const traceWith = (...tellings: Telling[]) =>
    traceOf(context, { by: person, act: `${subject}.invited`, subjectId: id, person, value: role }, tellings);
  const trace = traceWith();
  switch (role) {
    case 'member':
    case 'responsable': {
      const community = subjectId as CommunityId;
      // A link for members makes no responsable a member.
      const held = (await catalogue.communities.rolesOf(person)).get(community);
      const record = await catalogue.communities.get(community);
      const told = held === undefined && record !== null ? traceWith(newMember(record, person, null)) : trace;
      if (held !== 'responsable') await catalogue.communities.setRole(community, person, role, now(), told);
      await communityChanged(context, community);
      pushNotices(context, told);
      return `/communities/${community}`;
    }
    case 'author': {
      // Where the authors are a community's responsables, nobody is one by an invitation: the guest comments.
      const note = await catalogue.notes.get(subjectId as NoteId);
      const held = note?.authorMode === 'community' ? 'commenter' : 'author';
      const isNew = held === 'author' && note !== null && !note.authors.includes(person);
      const told = isNew ? traceWith(newAuthor(note, person, null)) : trace;
      await catalogue.notes.addPerson(subjectId as NoteId, person, held, now(), told);
      pushNotices(context, told);
      break;
    }
    case 'commenter':
      await catalogue.notes.addPerson(subjectId as NoteId, person, 'commenter', now(), trace);
      break;
    case 'manager':
    case 'contributor':
    case 'reader':
      if (subject === 'note') {
        await catalogue.notes.addPerson(subjectId as NoteId, person, 'reader', now(), trace);
      } else {
        const store = collectionsOf(catalogue, subject === 'base' ? 'base' : 'carnet');
        await store.addPerson(subjectId as CollectionId, person, role, now(), trace);
      }
      break;
    case 'administrator':
      throw new Error('only a relay has administrators');
  }
  const document = id as DocumentId;
  const kind = subject === 'note' || subject === 'base' ? subject : 'carnet';
  await documents.recheckAccess(document);
  events.emit({ type: kind, id: document });
  events.emit({ type: 'lists' });
  return `/${kind}s/${document}`;
}
