import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, CategoryId, MemberId, NoteId } from '#shared/domain/ids.ts';
import {
  canContributeToCollection,
  canIntegrateCarnet,
  canIntegrateNote,
} from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { putEntries } from './putEntries.ts';

async function requireMember(
  { catalogue }: RelayContext,
  caller: Caller,
  kind: CollectionKind,
  id: MemberId,
): Promise<void> {
  const member =
    kind === 'carnet'
      ? (await requireNote(catalogue, caller, id as NoteId, canIntegrateNote)).note
      : (
          await requireCollection(
            catalogue,
            caller,
            { kind: 'carnet', id: id as CarnetId },
            canIntegrateCarnet,
          )
        ).collection;
  if (member.trashedAt !== null) throw notAllowed();
}

/**
 * Puts notes that the caller can read into a carnet that the caller may add to, or carnets into a base: all of them, or none.
 * @throws AppError `not_signed_in`; `not_allowed` for the collection, for any of them, and for one in the trash.
 */
export async function integrate(
  context: RelayContext,
  caller: Caller,
  into: CollectionRef,
  members: readonly MemberId[],
  category: CategoryId | null = null,
): Promise<void> {
  const person = requirePerson(caller);
  await requireCollection(context.catalogue, caller, into, canContributeToCollection);
  await Promise.all(members.map((member) => requireMember(context, caller, into.kind, member)));
  await putEntries(context, person.id, into.id, members, category);
}
