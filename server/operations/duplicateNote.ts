import { AppError } from '#shared/api/errorCodes.ts';
import type { AttachmentId, NoteId } from '#shared/domain/ids.ts';
import * as Y from 'yjs';
import { termsOf } from '#shared/document/fields.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import { canDuplicateNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { addNote } from './createNote.ts';

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
  const person = requirePerson(caller);
  const { note } = await requireNote(
    context.catalogue,
    caller,
    id,
    (role) => canDuplicateNote(role) && (atSeq === undefined || canSeeNoteHistory(role)),
  );
  const read = await context.documents.read(id, atSeq);
  if (read === null) throw notAllowed();
  const content = yDocToNoteContent(read.doc);
  const terms = [...termsOf(read.doc).keys()];
  read.doc.destroy();
  const suffix = content.language.startsWith('fr') ? '(copie)' : '(copy)';
  const copy = await addNote(context, {
    author: person.id,
    kind: note.kind,
    // What is made from it is shared alike.
    licence: note.licence,
    act: { person: person.id, operation: 'duplicate' },
    write: (doc) => {
      try {
        replaceNoteContent(doc, { ...content, title: `${content.title} ${suffix}`.trim() });
      } catch (cause) {
        throw new AppError('document_damaged', 'the content is not of the schema', { cause });
      }
      for (const term of terms) termsOf(doc).set(term, new Y.Map());
    },
  });
  // Only what the note was shown with: a stated id in its body does not open a file of another note.
  const held: AttachmentId[] = [];
  for (const attachment of extractAttachments(content.body) as AttachmentId[]) {
    if ((await context.catalogue.attachments.notesHolding(attachment)).includes(id)) held.push(attachment);
  }
  await context.catalogue.attachments.grant(held, copy);
  return copy;
}
