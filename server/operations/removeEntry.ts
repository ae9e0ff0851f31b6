import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { entriesOf } from '#shared/document/fields.ts';
import { canContributeToCarnet, canManageCarnet } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCarnet, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Takes a note out of a carnet; the note stays. A manager takes out any, a contributor those that they integrated.
 * @throws AppError `not_signed_in`, `not_allowed`.
 */
export async function removeEntry(
  context: RelayContext,
  caller: Caller,
  carnetId: CarnetId,
  noteId: NoteId,
): Promise<void> {
  const person = requirePerson(caller);
  const { role } = await requireCarnet(context.catalogue, caller, carnetId, canContributeToCarnet);
  if (!canManageCarnet(role)) {
    // The index must be as new as the document before it is asked whose entry this is.
    await context.indexer.indexNow(carnetId);
    const entries = await context.catalogue.derived.entries(carnetId);
    const entry = entries.find((one) => one.note === noteId);
    if (entry?.integratedBy !== person.id) throw notAllowed();
  }
  await context.documents.change(carnetId, { person: person.id, operation: 'remove' }, (doc) => {
    entriesOf(doc).delete(noteId);
  });
  await context.indexer.indexNow(carnetId);
}
