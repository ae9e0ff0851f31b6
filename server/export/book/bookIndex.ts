import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { PlacedNote } from '../placeNotes.ts';
import type { BookUses } from './BookUses.ts';
import { type BackEntry, bySpelling, placesOf } from './lexicon.ts';
import { pageList } from './markLinks.ts';
import type { BookWords } from './bookWords.ts';

interface Line {
  readonly name: string;
  readonly html: string;
}

/** From this many entries on, letters help to find one's way. */
const fewestForLetters = 24;

function columns(lines: readonly Line[]): string {
  let letter = '';
  const html = lines.map(({ name, html: line }) => {
    const first = [...foldText(name)][0]?.toUpperCase() ?? '';
    if (lines.length < fewestForLetters || first === letter) return line;
    letter = first;
    return `<p class="index-letter">${escapeHtml(first)}</p>${line}`;
  });
  return `<div class="index-columns">${html.join('')}</div>`;
}

/**
 * The index of authors (the pages where their notes begin) and of organisations (where they are spoken of). Empty where it would not help: one author, no organisation.
 */
export function bookIndex(
  placed: readonly PlacedNote[],
  organisations: readonly BackEntry[],
  uses: BookUses,
  language: string,
  words: BookWords,
): string {
  const notesOf = new Map<string, string[]>();
  for (const { note, id } of placed)
    for (const author of new Set(note.authors)) notesOf.set(author, [...(notesOf.get(author) ?? []), id]);
  const authors = [...notesOf]
    .sort(bySpelling(language, ([name]) => name))
    .map(([name, ids]): Line => ({ name, html: `<p>${escapeHtml(name)}, ${pageList(ids)}</p>` }));
  const named = organisations.flatMap((entry): Line[] => {
    const places = placesOf(entry, placed, uses);
    if (places.length === 0) return [];
    const html = `<p id="${entry.id}">${escapeHtml(entry.title)}, ${pageList(places, entry.own)}</p>`;
    return [{ name: entry.title, html }];
  });
  const section = (title: string, lines: readonly Line[]): string =>
    `<h3 id="index-${title === words.authorsIndex ? 'authors' : 'organisations'}">${title}</h3>${columns(lines)}`;
  return (
    (authors.length > 1 ? section(words.authorsIndex, authors) : '') +
    (named.length > 0 ? section(words.organisationsIndex, named) : '')
  );
}
