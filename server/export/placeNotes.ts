import { numberBody, type Numbering, type Reference } from '#shared/document/numbering.ts';
import type { BookContent, BookNote } from './BookContent.ts';
import { bookLabels } from './bookLabels.ts';

/** A note with its place in a book. */
export interface PlacedNote {
  readonly note: BookNote;
  readonly title: string;
  /** Its id in HTML: `n1`. */
  readonly id: string;
  /** Before every other id of it: `n1-`. */
  readonly prefix: string;
  readonly numbering: Numbering;
}

/** The notes of a book in order, and what is known across them. */
export interface PlacedNotes {
  readonly placed: readonly PlacedNote[];
  /** Title of a note, inside the book or out of it; null where it may not be seen. */
  readonly titleOf: (noteId: string) => string | null;
  /** `#n3` for a note of the book; null for others. */
  readonly hrefOf: (noteId: string) => string | null;
  /** What can be referred to, by label. */
  readonly references: ReadonlyMap<string, { readonly reference: Reference; readonly href: string }>;
}

/** Gives each note its ids, and counts figures, tables and formulas through the whole book. */
export function placeNotes(content: BookContent): PlacedNotes {
  const { untitled } = bookLabels(content.language);
  const titles = new Map<string, string>(
    content.notes.map((note) => [note.id, note.title.trim() || untitled]),
  );
  const titleOf = (noteId: string): string | null =>
    titles.get(noteId) ?? content.outside(noteId)?.title ?? null;
  const start = { figure: 0, table: 0, equation: 0 };
  const placed = content.notes.map((note, at) => {
    const numbering = numberBody(note.body, { noteTitle: titleOf }, start);
    for (const { kind, number } of numbering.labelled.values())
      if (kind !== 'heading' && number !== null) start[kind] = number;
    const id = `n${at + 1}`;
    return { note, title: titles.get(note.id) ?? untitled, id, prefix: `${id}-`, numbering };
  });
  const ids = new Map<string, string>(placed.map(({ note, id }) => [note.id, id]));
  const references = new Map(
    placed.flatMap(({ numbering, prefix }) =>
      [...numbering.references].map(
        ([label, reference]) => [label, { reference, href: `#${prefix}ref-${label}` }] as const,
      ),
    ),
  );
  const hrefOf = (noteId: string): string | null => (ids.has(noteId) ? `#${ids.get(noteId) ?? ''}` : null);
  return { placed, titleOf, hrefOf, references };
}
