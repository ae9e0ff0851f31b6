import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { canEditNote } from '#shared/permissions/permissions.ts';
import { requireNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/** Takes an author off a note; what they wrote stays theirs. @throws AppError `not_allowed`; `conflict` for the last one. */
export async function removeAuthor(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  person: PersonId,
): Promise<void> {
  const { catalogue, documents, events } = context;
  await requireNote(catalogue, caller, id, canEditNote);
  if (!(await catalogue.notes.removeAuthor(id, person))) {
    throw new AppError('conflict', 'a note keeps one author');
  }
  await documents.recheckAccess(id);
  events.emit({ type: 'note', id });
  events.emit({ type: 'lists' });
}
