import { emptySheet } from '#shared/document/sheet.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { BookNote } from '#server/export/BookContent.ts';

/** A note of a book: what a test does not say of it is usual. */
export function bookNote(
  note: Partial<Omit<BookNote, 'id'>> & {
    readonly id: string;
    readonly title: string;
    readonly body: BodyNode;
  },
): BookNote {
  return {
    kind: 'note',
    licence: 'cc-by-sa-4.0',
    publishedAt: null,
    categories: [],
    part: null,
    terms: [],
    language: 'fr',
    authors: [],
    modifiedAt: 0,
    isWhole: true,
    lock: null,
    sheet: emptySheet,
    ...note,
    id: note.id as NoteId,
  };
}
