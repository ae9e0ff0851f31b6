import type { BookOptions } from '#shared/api/exports.ts';
import { noCover } from '#shared/domain/Collection.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { type BookContent, nothingAbsent } from '#server/export/BookContent.ts';

/** A book: what a test does not say of it is usual, and there is nothing outside it. */
export function bookContent(
  content: Partial<BookContent> & Pick<BookContent, 'subject' | 'notes'>,
): BookContent {
  return {
    id: 'id' as NoteId,
    title: '',
    description: '',
    authors: [],
    language: 'fr',
    date: 0,
    parts: [],
    cover: noCover,
    managers: [],
    communities: [],
    absent: nothingAbsent,
    edition: null,
    changes: null,
    place: { site: 'Calepin', origin: null },
    outside: () => null,
    loadAttachment: () => Promise.resolve(null),
    ...content,
  };
}

/** How a book is made, where a test does not say it. */
export function bookOptions(options: Partial<BookOptions> = {}): BookOptions {
  return { format: 'a5', theme: 'clear', variant: 'screen', numbered: false, ...options };
}
