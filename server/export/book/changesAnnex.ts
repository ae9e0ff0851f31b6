import type { QuotedPassage } from '#shared/document/compare/quotedPassages.ts';
import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { editionLine } from '../absences.ts';
import type { BookContent } from '../BookContent.ts';
import { bookLabels } from '../bookLabels.ts';
import type { AuthorChanges, EditionChanges, NoteAuthorChanges, NoteChange } from '../EditionChanges.ts';
import type { BookWords } from './bookWords.ts';
import type { ChangesWords, Count } from './changesWords.ts';
import { pageRef } from './markLinks.ts';

/** What the words of a change need to know of the book. */
interface Context {
  readonly words: ChangesWords;
  readonly untitled: string;
  readonly write: (count: number) => Count;
}

/** « déplacée de « Vivre » à « Apprendre » ». */
function moveWords({ from, to }: NonNullable<NoteChange['moved']>, { words }: Context): string {
  if (from === to) return words.moved;
  if (from === null) return words.movedInto(to ?? '');
  return to === null ? words.movedOutOf(from) : words.movedBetween(from, to);
}

/** All that became of a note, in one line. */
function kindsOf({ place, moved, text, titleBefore }: NoteChange, context: Context): string {
  const { words } = context;
  return [
    place === 'stayed' ? '' : words[place],
    text === 'same' ? '' : words[text],
    titleBefore === null ? '' : words.titleBefore(titleBefore),
    moved === null ? '' : moveWords(moved, context),
  ]
    .filter(Boolean)
    .join(', ');
}

const nameOf = ({ name }: AuthorChanges, { words }: Context): string => name ?? words.somebody;

/** Who did how much, over all notes. */
function authorsTable(authors: EditionChanges['authors'], context: Context): string {
  const { words, write } = context;
  const number = (count: number): string => `<td class="changes-count">${write(count).written}</td>`;
  const rows = authors.map(
    (one) =>
      `<tr><th scope="row">${escapeHtml(nameOf(one, context))}</th>${number(one.notes)}${number(one.added)}${number(one.removed)}</tr>`,
  );
  const heads = [words.notes, words.added, words.removed].map(
    (head) => `<th scope="col" class="changes-count">${head}</th>`,
  );
  return `<table><thead><tr><th scope="col">${words.author}</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** What was added stands in bold, what was removed struck through, as the legend says. */
const partHtml = ({ text, change }: QuotedPassage[number]): string =>
  change === 'added'
    ? `<ins>${escapeHtml(text)}</ins>`
    : change === 'removed'
      ? `<del>${escapeHtml(text)}</del>`
      : escapeHtml(text);

/** A passage, with a space between what was removed and what stands there instead. */
const passageHtml = (passage: QuotedPassage): string =>
  passage
    .map(partHtml)
    .join('')
    .replaceAll(/(\S)(<\/(?:del|ins)>)(<(?:del|ins)>)(?=\S)/g, '$1$2 $3')
    .replaceAll(
      /^(<(?:del|ins)>)?\s+|\s+(<\/(?:del|ins)>)?$/g,
      (_, open = '', close = '') => `${open}${close}`,
    );

function passagesList({ passages, morePassages }: NoteAuthorChanges, { words, write }: Context): string {
  if (passages.length === 0) return '';
  const more = morePassages === 0 ? '' : `<li>${words.morePassages(write(morePassages))}</li>`;
  const items = passages.map((passage) => `<li>«\u00a0${passageHtml(passage)}\u00a0»</li>`);
  return `<ul class="changes-passages">${items.join('')}${more}</ul>`;
}

function noteItem(change: NoteChange, href: string | null, book: BookWords, context: Context): string {
  const { words, untitled, write } = context;
  const name = escapeHtml(change.title.replace(/\s+/g, ' ').trim() || untitled);
  const title = href === null ? name : `<a href="${href}">${name}</a>${pageRef(href.slice(1), book)}`;
  const authors = (change.authors ?? []).map((one) => {
    const done = words.wordsOf(write(one.added), write(one.removed));
    return `<li>${escapeHtml(nameOf(one, context))}\u00a0– ${done}${passagesList(one, context)}</li>`;
  });
  const list = authors.length === 0 ? '' : `<ul class="changes-authors">${authors.join('')}</ul>`;
  return `<li><p><span class="changes-title">${title}</span>\u00a0– <span class="changes-kinds">${escapeHtml(kindsOf(change, context))}</span></p>${list}</li>`;
}

/**
 * The annex of an edition: what changed since the one before, by author and note by note.
 * @param hrefOf - where a note stands in the book; null for one that does not.
 */
export function changesAnnex(
  { from, notes, authors, isPartial }: EditionChanges,
  content: Pick<BookContent, 'edition' | 'language'>,
  hrefOf: (noteId: string) => string | null,
  book: BookWords,
): string {
  const { language } = content;
  const { untitled, language: known } = bookLabels(language);
  const numbers = new Intl.NumberFormat(known);
  const context: Context = {
    words: book.changes,
    untitled,
    write: (count) => ({ count, written: numbers.format(count) }),
  };
  const { words } = context;
  const hasPassages = notes.some((note) => note.authors?.some((one) => one.passages.length > 0));
  const earlier = editionLine({ edition: from, language });
  const between = escapeHtml(words.between(earlier ?? '', editionLine(content) ?? ''));
  const parts = [
    `<p>${between}</p>`,
    notes.length === 0 ? `<p>${words.none}</p>` : '',
    authors.length === 0
      ? ''
      : `<h3 id="changes-authors">${words.byAuthor}</h3>${authorsTable(authors, context)}`,
    notes.length === 0
      ? ''
      : `<h3 id="changes-notes">${words.byNote}</h3>${hasPassages ? `<p class="changes-legend">${words.legend}</p>` : ''}<ul class="changes-list">${notes.map((one) => noteItem(one, hrefOf(one.id), book, context)).join('')}</ul>`,
    isPartial ? `<p class="changes-partial">${words.partial}</p>` : '',
  ];
  return `<div class="changes">${parts.join('')}</div>`;
}
