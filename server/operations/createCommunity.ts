import type { CommunityId } from '#shared/domain/ids.ts';
import type { RegisterLine } from '#shared/domain/Register.ts';
import { requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { traceOf } from './traceOf.ts';

/** Makes a community of which the caller is the responsable. @throws AppError `not_signed_in`. */
export async function createCommunity(
  context: RelayContext,
  caller: Caller,
  input: { name: string; description: string },
): Promise<CommunityId> {
  const person = requirePerson(caller);
  const id = newId<CommunityId>();
  const community = {
    id,
    ...input,
    image: null,
    isPublic: false,
    createdAt: context.now(),
    responsables: [person.id],
    members: [],
  };
  const made: RegisterLine = {
    by: person.id,
    act: 'community.create',
    subjectId: id,
    person: person.id,
    value: null,
  };
  await context.catalogue.communities.add(community, traceOf(context, made));
  context.events.emit({ type: 'lists' });
  return id;
}
