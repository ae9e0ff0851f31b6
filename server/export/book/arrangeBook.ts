import type { BookContent, BookNote } from '../BookContent.ts';

/** A part of a book: the notes of one category of the carnet's first list. */
export interface BookPart {
  /** Null for what was filed in no category. */
  readonly title: string | null;
  /** Place of its first note among those of the book, from 0. */
  readonly from: number;
}

export interface ArrangedBook {
  readonly content: BookContent;
  /** In order; none where the carnet has no categories in use. Notes before the first part open the book. */
  readonly parts: readonly BookPart[];
}

/**
 * Orders the notes of a carnet by the categories of its first list, which become the parts of the book; inside each, in the order of the carnet. What is filed in none
 * opens the book where it stands before every filed note (a foreword), and closes it otherwise.
 */
export function arrangeBook(content: BookContent): ArrangedBook {
  if (content.subject === 'note') return { content, parts: [] };
  const { notes, parts } = arrangeNotes(content.notes, content.parts);
  return { content: { ...content, notes }, parts };
}

/**
 * The same for what is known of notes beside their text.
 * @param categories - names of those of the first list, in order.
 */
export function arrangeNotes<Note extends Pick<BookNote, 'part'>>(
  given: readonly Note[],
  categories: readonly string[],
): { readonly notes: readonly Note[]; readonly parts: readonly BookPart[] } {
  const used = categories.filter((part) => given.some((note) => note.part === part));
  if (used.length === 0) return { notes: given, parts: [] };
  const firstFiled = given.findIndex((note) => note.part !== null && used.includes(note.part));
  const notes = given.slice(0, firstFiled);
  const parts: BookPart[] = [];
  const open = (title: string | null, found: readonly Note[]): void => {
    if (found.length === 0) return;
    parts.push({ title, from: notes.length });
    notes.push(...found);
  };
  const filed = given.slice(firstFiled);
  for (const part of used)
    open(
      part,
      filed.filter((note) => note.part === part),
    );
  open(
    null,
    filed.filter((note) => note.part === null || !used.includes(note.part)),
  );
  return { notes, parts };
}
