import type { NoteId } from '#shared/domain/ids.ts';
import { canEditNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Takes a note that is set aside for its content back to its last good state, and lets its authors write again.
 * @throws AppError `not_signed_in`; `not_allowed`; `conflict` when there is no such state; `document_damaged` when it is still not sound.
 */
export async function restoreGoodState(
  context: RelayContext & { readonly history: History },
  caller: Caller,
  id: NoteId,
): Promise<void> {
  const person = requirePerson(caller);
  await requireNote(context.catalogue, caller, id, (role) => canSeeNoteHistory(role) && canEditNote(role));
  await context.history.restoreGoodState(id, person.id);
  context.events.emit({ type: 'note', id });
}
