import { AppError } from '#shared/api/errorCodes.ts';
import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import { canAskToJoin, canDecideJoinRequests, canReadCommunity } from '#shared/permissions/permissions.ts';
import { requireCommunity, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CommunityRecord } from '../storage/ports/CommunityStore.ts';
import { communityChanged } from './communityChanged.ts';
import { pushNotices, type Telling, traceOf } from './traceOf.ts';

/** Asks to be let into a community; its responsables are told. Asking twice is asking once. @throws AppError `not_signed_in`, `not_allowed`, `conflict` for who is in it. */
export async function askToJoin(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  text: string | null,
): Promise<void> {
  const person = requirePerson(caller).id;
  const { community, role } = await requireCommunity(context.catalogue, caller, id, canReadCommunity);
  if (!canAskToJoin(role)) throw new AppError('conflict', 'they are in it');
  const trace = traceOf(context, { by: person, act: 'community.asked', subjectId: id, person, value: null }, [
    {
      people: community.responsables,
      kind: 'join_asked',
      about: { subject: 'community', subjectId: id },
      from: person,
      text,
    },
  ]);
  const request = { person, text, at: context.now() };
  if (!(await context.catalogue.requests.ask({ subject: 'community', subjectId: id }, request, trace)))
    return;
  context.events.emit({ type: 'community', id });
  pushNotices(context, trace);
}

/** Tells the responsables that somebody is a member now; not the one who let them in, who knows. */
export function newMember(
  { id, responsables }: Pick<CommunityRecord, 'id' | 'responsables'>,
  person: PersonId,
  by: PersonId | null,
): Telling {
  const people = responsables.filter((one) => one !== by);
  return { people, kind: 'member_joined', about: { subject: 'community', subjectId: id }, from: person };
}

/** Lets somebody in who asked, or not. They are told the answer, not who gave it. @throws AppError `not_signed_in`, `not_allowed`; `conflict` when they do not ask (any more). */
export async function decideJoinRequest(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  person: PersonId,
  approved: boolean,
): Promise<void> {
  const by = requirePerson(caller).id;
  const { community } = await requireCommunity(context.catalogue, caller, id, canDecideJoinRequests);
  const about = { subject: 'community', subjectId: id } as const;
  const trace = traceOf(
    context,
    {
      by,
      act: approved ? 'community.role' : 'community.refused',
      subjectId: id,
      person,
      value: approved ? 'member' : null,
    },
    [
      { people: [person], kind: approved ? 'join_approved' : 'join_refused', about, from: null },
      ...(approved ? [newMember(community, person, by)] : []),
    ],
  );
  if (!(await context.catalogue.requests.settle(about, person, approved, context.now(), trace)))
    throw new AppError('conflict', 'nobody of that name asks');
  await communityChanged(context, id);
  pushNotices(context, trace);
}
