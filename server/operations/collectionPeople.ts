import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionPersonRole, CollectionRef } from '#shared/domain/Collection.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { canChangePeople, canLeaveCollection } from '#shared/permissions/permissions.ts';
import { collectionsOf, notAllowed, requireCollection, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import { collectionChanged } from './collectionChanged.ts';
import { traceOf } from './traceOf.ts';

/**
 * Whom a manager may name: those of the caller's own communities who have no role on it yet. Others come by an invitation.
 */
export async function collectionCandidates(
  { catalogue }: RelayContext,
  caller: Caller,
  collection: CollectionRecord,
): Promise<PersonId[]> {
  const own = await catalogue.communities.getMany([...(caller?.communities?.keys() ?? [])]);
  const people = new Set([...own.values()].flatMap((one) => [...one.responsables, ...one.members]));
  const named = new Set([...collection.managers, ...collection.contributors, ...collection.readers]);
  return [...people].filter((person) => !named.has(person));
}

/** Names somebody on a carnet or on a base. @throws AppError `not_signed_in`, `not_allowed` (for whom the caller may not name alike). */
export async function addCollectionPerson(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
  person: PersonId,
  role: CollectionPersonRole,
): Promise<void> {
  const by = requirePerson(caller).id;
  const { collection } = await requireCollection(context.catalogue, caller, ref, canChangePeople);
  if (!(await collectionCandidates(context, caller, collection)).includes(person)) throw notAllowed();
  const trace = traceOf(context, { by, act: `${ref.kind}.role`, subjectId: ref.id, person, value: role });
  await collectionsOf(context.catalogue, ref.kind).addPerson(ref.id, person, role, context.now(), trace);
  await collectionChanged(context, ref);
}

/**
 * Gives somebody who is named on a carnet or on a base another role, or (null) takes them off. Anybody takes off themselves: that is leaving.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` when it would be left without a manager.
 */
export async function changeCollectionPerson(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
  person: PersonId,
  role: CollectionPersonRole | null,
): Promise<void> {
  const by = requirePerson(caller).id;
  const leaves = by === person && role === null;
  await requireCollection(context.catalogue, caller, ref, leaves ? canLeaveCollection : canChangePeople);
  const trace = traceOf(context, { by, act: `${ref.kind}.role`, subjectId: ref.id, person, value: role });
  if (!(await collectionsOf(context.catalogue, ref.kind).changePerson(ref.id, person, role, trace)))
    throw new AppError('conflict', 'a carnet or a base keeps one manager');
  await collectionChanged(context, ref);
}
