import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { termsOf } from '#shared/document/fields.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import { type BodyNode, type NoteContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { AttachmentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { notAllowed } from '../access.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import { addNote } from './addNote.ts';

/**
 * Makes a private note with the content, the sheet, the related terms and the files of another: its history begins with them, under the name of who makes it. Whether they
 * may was decided before.
 * @param titleOf - what the new note is called.
 * @throws AppError `not_allowed` for a note without content; `document_damaged` when the content is not of this version's schema.
 */
export async function copyNote(
  context: RelayContext,
  copy: {
    readonly from: NoteRecord;
    /** As it was after this row; undefined: as it is. */
    readonly atSeq?: number | undefined;
    readonly author: PersonId;
    readonly operation: 'duplicate' | 'create' | 'recover';
    readonly titleOf: (content: NoteContent) => string;
  },
): Promise<NoteId> {
  const { from, atSeq, author, operation, titleOf } = copy;
  const read = await context.documents.read(from.id, atSeq);
  if (read === null) throw notAllowed();
  const content = yDocToNoteContent(read.doc);
  const terms = [...termsOf(read.doc).keys()];
  read.doc.destroy();
  const id = await addNote(context, {
    author,
    kind: from.kind,
    // What is made from it is shared alike.
    licence: from.licence,
    act: { person: author, operation },
    write: (doc) => {
      try {
        replaceNoteContent(doc, { ...content, title: titleOf(content) });
      } catch (cause) {
        throw new AppError('document_damaged', 'the content is not of the schema', { cause });
      }
      for (const term of terms) termsOf(doc).set(term, new Y.Map());
    },
  });
  await grantShown(context, content.body, from.id, id);
  return id;
}

/** A note that is made from another holds the files that it shows, of those that the other holds: an id that is stated in a body does not open a file of another note. */
export async function grantShown(
  { catalogue: { attachments } }: Pick<RelayContext, 'catalogue'>,
  body: BodyNode,
  from: NoteId,
  to: NoteId,
): Promise<void> {
  const held: AttachmentId[] = [];
  for (const attachment of extractAttachments(body) as AttachmentId[])
    if ((await attachments.notesHolding(attachment)).includes(from)) held.push(attachment);
  await attachments.grant(held, to);
}
