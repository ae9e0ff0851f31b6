import type { NoteId } from '#shared/domain/ids.ts';
import { canDuplicateNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { copyNote } from './copyNote.ts';

/**
 * Makes a private note of the caller's with the same content, under a title that says so. Its history begins with it.
 * @param atSeq - as it was after this row, for who sees its history; default: as it is.
 * @throws AppError `not_signed_in`; `not_allowed`; `document_damaged` when the content is not of this version's schema.
 */
export async function duplicateNote(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  atSeq?: number,
): Promise<NoteId> {
  const author = requirePerson(caller).id;
  const { note } = await requireNote(
    context.catalogue,
    caller,
    id,
    (role) => canDuplicateNote(role) && (atSeq === undefined || canSeeNoteHistory(role)),
  );
  return copyNote(context, {
    from: note,
    atSeq,
    author,
    operation: 'duplicate',
    titleOf: ({ title, language }) => `${title} ${language.startsWith('fr') ? '(copie)' : '(copy)'}`.trim(),
  });
}
