import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { extractExcerpt, extractLinks, extractTerms } from '#shared/document/extractText.ts';
import { otherNames } from '#shared/document/sheet.ts';
import type { BookContent } from '../BookContent.ts';
import type { PlacedNote } from '../placeNotes.ts';
import type { BookUses } from './BookUses.ts';
import type { BookWords } from './bookWords.ts';
import { hyphenateText } from './hyphenate.ts';
import { pageList } from './markLinks.ts';

/** A term or an organisation that the book speaks of: something of its back pages. */
export interface BackEntry {
  /** Id of its note. */
  readonly noteId: string;
  /** Id of its entry in HTML. */
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  readonly forms: readonly string[];
  /** Id in HTML of its note, where it is in the book. */
  readonly own: string | null;
}

/** Sorts as a reader of a language looks things up: without regard to capitals or accents, numbers by their size. */
export function bySpelling<T>(language: string, spelling: (one: T) => string): (a: T, b: T) => number {
  const { compare } = new Intl.Collator(language, { numeric: true, ignorePunctuation: true });
  return (a, b) => compare(spelling(a), spelling(b));
}

/**
 * The terms, or the organisations, of a book: those that are notes of it, and those that it links to or is related to and that the person may read.
 * @param kind - which of them.
 */
export function backEntries(
  content: BookContent,
  placed: readonly PlacedNote[],
  kind: 'term' | 'organisation',
): BackEntry[] {
  const found = new Map<string, Omit<BackEntry, 'id'>>();
  for (const { note, title, id } of placed) {
    if (note.kind !== kind) continue;
    const definition = kind === 'term' ? note.sheet.definition || extractExcerpt(note.body, 300) : '';
    found.set(note.id, { noteId: note.id, title, definition, forms: otherNames(note.sheet, kind), own: id });
  }
  for (const { note } of placed)
    for (const noteId of [...note.terms, ...extractLinks(note.body), ...extractTerms(note.body)]) {
      if (found.has(noteId)) continue;
      const outside = content.outside(noteId);
      if (outside?.kind !== kind || outside.title.trim() === '') continue;
      found.set(noteId, { noteId, own: null, ...outside });
    }
  return [...found.values()]
    .sort(bySpelling(content.language, (one) => one.title))
    .map((one, at) => ({ ...one, id: `${kind}-${at + 1}` }));
}

/** Where an entry is spoken of: its own note first, then links to it and the notes that are related to it. */
export function placesOf(entry: BackEntry, placed: readonly PlacedNote[], uses: BookUses): string[] {
  const links = [...uses.of(`#${entry.id}`), ...(entry.own === null ? [] : uses.of(`#${entry.own}`))];
  const linked = new Set(links.map((link) => link.slice(0, link.indexOf('-'))));
  const related = placed.flatMap(({ note, id }) =>
    note.terms.some((term) => term === entry.noteId) && !linked.has(id) ? [id] : [],
  );
  return [...(entry.own === null ? [] : [entry.own]), ...links, ...related];
}

/** The lexicon: each term that the book uses, its meaning and its pages. Empty where there is none. */
export function lexicon(
  entries: readonly BackEntry[],
  placed: readonly PlacedNote[],
  uses: BookUses,
  language: string,
  words: BookWords,
): string {
  return entries
    .map((entry) => {
      const places = placesOf(entry, placed, uses);
      if (places.length === 0) return '';
      const forms =
        entry.forms.length === 0
          ? ''
          : ` <span class="lexicon-forms">(${escapeHtml(entry.forms.join(', '))})</span>`;
      const definition =
        entry.definition.trim() === ''
          ? ''
          : `\u00a0– ${hyphenateText(escapeHtml(entry.definition.trim()), language)}`;
      return `<p class="lexicon-entry" id="${entry.id}"><dfn>${escapeHtml(entry.title)}</dfn>${forms}${definition} <span class="pages">${words.pages}\u00a0${pageList(places, entry.own)}</span></p>`;
    })
    .join('');
}
