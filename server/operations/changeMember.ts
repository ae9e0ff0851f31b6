import { AppError } from '#shared/api/errorCodes.ts';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import { canChangeRoles, canLeaveCommunity } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCommunity, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { communityChanged } from './communityChanged.ts';
import { pushNotices, traceOf } from './traceOf.ts';

/**
 * Gives somebody who is in a community another role, or (null) takes them out. Members take out themselves: that is leaving.
 * @throws AppError `not_signed_in`, `not_allowed` (for a person who is not in it alike); `conflict` when it would be left without a responsable.
 */
export async function changeMember(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  person: PersonId,
  role: CommunityPersonRole | null,
): Promise<void> {
  const { communities } = context.catalogue;
  const by = requirePerson(caller).id;
  const leaves = by === person && role === null;
  const { community } = await requireCommunity(
    context.catalogue,
    caller,
    id,
    leaves ? canLeaveCommunity : canChangeRoles,
  );
  if (![...community.responsables, ...community.members].includes(person)) throw notAllowed();
  const about = { subject: 'community', subjectId: id } as const;
  const trace = traceOf(
    context,
    { by, act: 'community.role', subjectId: id, person, value: role },
    leaves
      ? [{ people: community.responsables, kind: 'community_left', about, from: by }]
      : [{ people: [person], kind: 'community_role', about, from: by, text: role }],
  );
  const outcome = await communities.setRole(id, person, role, context.now(), trace);
  if (outcome === 'last') throw new AppError('conflict', 'a community keeps one responsable');
  if (outcome === 'unchanged') return;
  await communityChanged(context, id);
  pushNotices(context, trace);
}
