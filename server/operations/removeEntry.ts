import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import { entriesOf } from '#shared/document/fields.ts';
import { canContributeToCollection, canManageCollection } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Takes a note out of a carnet, or a carnet out of a base; it stays. A manager takes out any, a contributor those that they integrated.
 * @throws AppError `not_signed_in`, `not_allowed`.
 */
export async function removeEntry(
  context: RelayContext,
  caller: Caller,
  from: CollectionRef,
  member: MemberId,
): Promise<void> {
  const person = requirePerson(caller);
  const { role } = await requireCollection(context.catalogue, caller, from, canContributeToCollection);
  if (!canManageCollection(role)) {
    // The index must be as new as the document before it is asked whose entry this is.
    await context.indexer.indexNow(from.id);
    const entries = await context.catalogue.derived.entries(from.id);
    const entry = entries.find((one) => one.member === member);
    if (entry?.integratedBy !== person.id) throw notAllowed();
  }
  await context.documents.change(from.id, { person: person.id, operation: 'remove' }, (doc) => {
    entriesOf(doc).delete(member);
  });
  await context.indexer.indexNow(from.id);
}
