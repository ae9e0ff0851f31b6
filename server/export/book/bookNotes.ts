import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import type { RenderedHeading } from '#shared/document/renderOptions.ts';
import { renderSheet } from '../../renderSheet.ts';
import { bookLabels } from '../bookLabels.ts';
import { noteMeta } from '../noteMeta.ts';
import type { PlacedNote, PlacedNotes } from '../placeNotes.ts';
import type { BookUses } from './BookUses.ts';
import { bookWords } from './bookWords.ts';
import { hyphenateHtml } from './hyphenate.ts';
import { markLinks } from './markLinks.ts';

/** How the notes of a book are drawn. */
export interface NoteContext {
  readonly depth: number;
  readonly alone: boolean;
  readonly numbered: boolean;
  /** For a printing house: links carry their number in the list of links. */
  readonly onPaper: boolean;
  readonly attachmentUrl: (attachmentId: string) => string | null;
  readonly titleOf: PlacedNotes['titleOf'];
  readonly hrefOf: PlacedNotes['hrefOf'];
  readonly termHref: (noteId: string) => string | null;
  readonly references: PlacedNotes['references'];
  readonly uses: BookUses;
  /** Where the notes are read outside the book; null for nowhere. */
  readonly origin: string | null;
  /** Attributes of a section that begins on a right page. */
  readonly recto: string;
}

export interface DrawnNote {
  readonly id: string;
  /** Level in HTML of its title. */
  readonly depth: number;
  readonly titleHtml: string;
  /** « 3 », where chapters are numbered; empty otherwise. */
  readonly number: string;
  readonly headings: readonly RenderedHeading[];
  /** The section. @param contents - between its head and its text. */
  readonly html: (contents: string) => string;
}

/** Numbers headings below a chapter: « 3.1 », « 3.1.2 »; those that were set apart have none. */
function headingNumbers(chapter: number | null): (level: number, numbered: boolean) => string {
  const counts: number[] = [];
  return (level, numbered) => {
    if (!numbered) return '';
    counts.length = Math.min(counts.length, level);
    while (counts.length < level) counts.push(0);
    counts[level - 1] = (counts[level - 1] ?? 0) + 1;
    // A heading that skips a level does not count what is not there.
    return [...(chapter === null ? [] : [chapter]), ...counts.filter((count) => count > 0)].join('.');
  };
}

/** A figure as a group of its picture and its caption: what is tagged as a figure must have a text of its own, and the picture inside it has. */
const groupFigures = (html: string): string => html.replaceAll('<figure ', '<figure role="group" ');

/** Notes at the end as the list that they are: of what is said to hold such notes, Chromium tags the items as nothing in particular. */
const listNotes = (html: string): string => html.replaceAll(' role="doc-endnotes"', '');

/** Sounds, films and files cannot be printed: their name, what they are, and where they are found. */
function nameMedia(html: string, words: ReturnType<typeof bookWords>, address: string | null): string {
  const where =
    address === null
      ? ''
      : `<p class="media-address"><a${htmlAttributes({ class: 'media-link', href: address })}>${escapeHtml(address)}</a></p>`;
  return html.replaceAll(
    /(<figure[^>]* class="media (audio|video|file)[^>]*>)<p class="file-name">(.*?)<\/p>/g,
    (_, open: string, kind: 'audio' | 'video' | 'file', name: string) => {
      const label = kind === 'file' ? '' : `<span class="media-kind">${words[kind]}</span> `;
      return `${open}<p class="file-name">${label}${name}</p>${where}`;
    },
  );
}

/** Draws a note as a chapter. @param chapter - its number, from 1. */
export function drawNote(placed: PlacedNote, chapter: number, context: NoteContext): DrawnNote {
  const { note, id, prefix, numbering } = placed;
  const { alone, depth, numbered } = context;
  const labels = bookLabels(note.language);
  const words = bookWords(labels.language);
  const titleHtml = escapeHtml(note.title.trim() || labels.untitled);
  const rendered = renderBody(note.body, {
    language: note.language,
    idPrefix: prefix,
    headingShift: depth,
    numbering,
    openDetails: true,
    suggestions: 'original',
    attachmentUrl: context.attachmentUrl,
    noteTitle: context.titleOf,
    noteHref: context.hrefOf,
    termHref: context.termHref,
    ...(numbered ? { headingNumber: headingNumbers(alone ? null : chapter) } : {}),
    outsideReference: (label) => context.references.get(label) ?? null,
  });
  const address = context.origin === null ? null : `${context.origin}/notes/${note.id}`;
  const body = hyphenateHtml(
    markLinks(
      nameMedia(groupFigures(listNotes(rendered.html)), words, address),
      prefix,
      context.uses,
      words,
      context.onPaper,
    ),
    note.language,
  );
  const number = numbered && !alone ? String(chapter) : '';
  const tag = `h${depth}`;
  const attributes = htmlAttributes({
    class: `note depth-${depth} note-${chapter}${alone ? ' alone' : ''}`,
    lang: note.language,
  });
  const numberHtml = number === '' ? '' : `<span class="note-number">${number} </span>`;
  const head =
    `<header class="note-head"><${tag} class="note-title" id="${id}"${context.recto}>${numberHtml}${titleHtml}</${tag}>` +
    `<p class="note-meta">${escapeHtml(noteMeta(note, labels))}</p></header>`;
  const sheet = hyphenateHtml(renderSheet(note.sheet, note.kind, labels.language), note.language);
  return {
    id,
    depth,
    titleHtml,
    number,
    headings: rendered.headings,
    html: (contents) => `<section${attributes}>${head}${sheet}${contents}${body}</section>`,
  };
}
