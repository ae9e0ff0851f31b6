import type { CarnetId, CategoryId, NoteId } from '#shared/domain/ids.ts';
import { canContributeToCarnet, canIntegrateNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCarnet, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { putEntry } from './putEntry.ts';

/**
 * Puts a note that the caller can read into a carnet that the caller may add to.
 * @throws AppError `not_signed_in`; `not_allowed` for either, and for a note in the trash.
 */
export async function integrateNote(
  context: RelayContext,
  caller: Caller,
  input: { carnetId: CarnetId; noteId: NoteId; categoryId?: CategoryId | null | undefined },
): Promise<void> {
  const person = requirePerson(caller);
  await requireCarnet(context.catalogue, caller, input.carnetId, canContributeToCarnet);
  const { note } = await requireNote(context.catalogue, caller, input.noteId, canIntegrateNote);
  if (note.trashedAt !== null) throw notAllowed();
  await putEntry(context, person.id, input.carnetId, input.noteId, input.categoryId ?? null);
}
