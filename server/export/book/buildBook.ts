import type { BookOptions } from '#shared/api/exports.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import { renderLabels } from '#shared/document/renderLabels.ts';
import type { BookContent } from '../BookContent.ts';
import { bookLabels } from '../bookLabels.ts';
import { placeNotes } from '../placeNotes.ts';
import { nameFormulas } from './accessibility.ts';
import { arrangeBook } from './arrangeBook.ts';
import { bookIndex } from './bookIndex.ts';
import { type DrawnNote, drawNote } from './bookNotes.ts';
import { bookStyle } from './bookStyle.ts';
import { BookUses } from './BookUses.ts';
import { bookWords } from './bookWords.ts';
import { changesAnnex } from './changesAnnex.ts';
import { captionLines, type ContentsLine, contentsList, headingLines } from './contentsPages.ts';
import { coverInk } from './coverColours.ts';
import { editionDigest } from './edition.ts';
import { colophon, coverPage, type FrontContext, halfTitle } from './frontPages.ts';
import { labelCaptions } from './labelCaptions.ts';
import { backEntries, lexicon } from './lexicon.ts';
import { linkList } from './linkList.ts';
import { plainText } from './markLinks.ts';
import { pageGeometry } from './pageFormat.ts';
import { type RunningHead, runningHeads } from './pageRules.ts';
import { familiesOf } from './themes.ts';

export interface BuildBookOptions extends Omit<BookOptions, 'variant'> {
  readonly variant?: BookOptions['variant'];
  /** Address of a picture's bytes; null for one that cannot be shown, and for what is no picture. */
  readonly attachmentUrl: (attachmentId: string) => string | null;
  /** The `@font-face` rules. */
  readonly fontRules: string;
  /** False where nobody can fill in the page numbers (the browser's own print): the book then shows none. */
  readonly pageNumbers?: boolean;
  /** For the style element, where the page is served under a content security policy. */
  readonly styleNonce?: string;
}

/** A book ready to be printed. */
export interface BuiltBook {
  /** A whole document; page numbers are « 000 » until the true ones are known. */
  readonly html: string;
  /** The document up to its body, and what its body is made of: each begins a page of its own. */
  readonly head: string;
  readonly sections: readonly string[];
  /** Ids that something of the page needs the page of. */
  readonly targets: readonly string[];
  /** Ids of the elements whose page numbers the contents and the lists show, in order. */
  readonly contents: readonly string[];
  /** Titles of the headings, as text and in order: what the outline says. */
  readonly headings: readonly string[];
  /** Ids of what begins a page without a running head. */
  readonly openings: readonly string[];
  readonly digest: string;
}

/** A note alone gets contents from this many headings on. */
const fewestHeadingsForContents = 6;

/** The attachments that a book asks for: those of its notes and its cover. */
export function bookAttachments({ notes, cover }: BookContent): string[] {
  const shown = notes.flatMap((note) => extractAttachments(note.body));
  return [...new Set(cover.image === null ? shown : [cover.image, ...shown])];
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** Draws the notes of a book, and what is known of them once all are drawn. */
function drawNotes(arranged: ReturnType<typeof arrangeBook>, options: BuildBookOptions, recto: string) {
  const { parts } = arranged;
  const alone = arranged.content.subject === 'note';
  const content = {
    ...arranged.content,
    notes: alone
      ? arranged.content.notes
      : arranged.content.notes.map((note) => ({ ...note, body: labelCaptions(note.body) })),
  };
  const { placed, titleOf, hrefOf, references } = placeNotes(content);
  const uses = new BookUses();
  const terms = alone ? [] : backEntries(content, placed, 'term');
  const organisations = alone ? [] : backEntries(content, placed, 'organisation');
  const entries = new Map([...terms, ...organisations].map((entry) => [entry.noteId, `#${entry.id}`]));
  const depth = alone ? 1 : parts.length > 0 ? 3 : 2;
  const drawn = placed.map((one, at) =>
    drawNote(one, at + 1, {
      // What opens the book stands beside its parts, not below one.
      depth: at < (parts[0]?.from ?? 0) ? depth - 1 : depth,
      alone,
      numbered: options.numbered,
      onPaper: options.variant === 'print' && !alone,
      attachmentUrl: options.attachmentUrl,
      titleOf,
      hrefOf: (noteId) => hrefOf(noteId) ?? entries.get(noteId) ?? null,
      termHref: (noteId) => entries.get(noteId) ?? hrefOf(noteId),
      references,
      uses,
      origin: content.place.origin,
      recto,
    }),
  );
  return { content, alone, depth, placed, hrefOf, uses, terms, organisations, drawn };
}

type Drawn = ReturnType<typeof drawNotes>;

function backSections({ alone, placed, hrefOf, uses, terms, organisations, content }: Drawn): Section[] {
  if (alone) return [];
  const { changes } = content;
  const { language } = bookLabels(content.language);
  const words = bookWords(language);
  return [
    {
      id: 'changes',
      title: changes === null ? '' : words.changes.title(changes.from.number),
      body: changes === null ? '' : changesAnnex(changes, content, hrefOf, words),
    },
    { id: 'lexicon', title: words.lexicon, body: lexicon(terms, placed, uses, content.language, words) },
    {
      id: 'index',
      title: words.index,
      body: bookIndex(placed, organisations, uses, content.language, words),
    },
    { id: 'links', title: words.links, body: linkList(uses, words) },
  ].filter((section) => section.body !== '');
}

const titleWithNumber = (note: DrawnNote): string =>
  note.number === ''
    ? note.titleHtml
    : `<span class="heading-number">${note.number} </span>${note.titleHtml}`;

/** The headings inside a section of the back pages. */
const headingsOf = (html: string): string[] =>
  [...html.matchAll(/<h3[^>]*>(.*?)<\/h3>/g)].map(([, inside]) => plainText(inside ?? ''));

/** Ids that something of the page needs the page of. */
const askedFor = (html: string): string[] =>
  [...html.matchAll(/ data-targets?="([^"]*)"/g)].flatMap(([, ids]) => ids?.split(' ') ?? []);

/** Chromium tells the pages of those ids alone that some link leads to. */
export const hiddenLinks = (ids: readonly string[]): string =>
  `<nav hidden>${ids.map((id) => `<a href="#${id}"></a>`).join('')}</nav>`;

/**
 * Sets a note or a carnet as a book: cover, half-title, colophon, contents, lists, parts, notes, lexicon, index and links; HTML and its style, ready for two passes of
 * print (the first tells the page numbers). Pure: the same content gives the same book.
 * @param given - what the person may read, and no more.
 */
export function buildBook(given: BookContent, options: BuildBookOptions): BuiltBook {
  const variant = options.variant ?? 'screen';
  const recto = variant === 'print' ? ' data-recto' : '';
  const labels = bookLabels(given.language);
  const words = bookWords(labels.language);
  const title = given.title.trim() || labels.untitled;
  const numbers = options.pageNumbers !== false;
  const arranged = arrangeBook(given);
  const digest = editionDigest(arranged.content);
  const drawn = drawNotes(arranged, options, recto);
  const { content, alone, placed } = drawn;
  const back = backSections(drawn);
  const partId = (at: number): string => `part-${at + 1}`;
  const partTitle = (at: number): string => arranged.parts[at]?.title ?? words.otherNotes;
  const partAt = (note: number): number => arranged.parts.findIndex((part) => part.from === note);

  const lines: ContentsLine[] = [];
  const notesHtml = drawn.drawn.map((note, at) => {
    const part = partAt(at);
    const own = headingLines(note.headings, note.depth);
    if (!alone) {
      if (part !== -1) lines.push({ id: partId(part), html: escapeHtml(partTitle(part)), kind: 'part' });
      lines.push({ id: note.id, html: titleWithNumber(note), kind: 'note' }, ...own);
    } else if (note.headings.length >= fewestHeadingsForContents) lines.push(...own);
    const opening =
      part === -1
        ? ''
        : `<section class="part">${arranged.parts[part]?.title === null ? '' : `<p class="part-number">${words.part(part + 1)}</p>`}<h2 id="${partId(part)}"${recto}>${escapeHtml(partTitle(part))}</h2></section>`;
    return (
      opening + note.html(alone && lines.length > 0 ? contentsList(lines, numbers, 'alone-contents') : '')
    );
  });
  for (const { id, title: name } of back) lines.push({ id, html: escapeHtml(name), kind: 'back' });

  const { captionNumber } = renderLabels(content.language);
  const lists = alone
    ? []
    : (['figure', 'table'] as const).flatMap((kind) => {
        const found = captionLines(placed, kind, captionNumber);
        return found.length === 0 ? [] : [{ id: `${kind}s`, title: words[`${kind}s`], lines: found }];
      });
  const front: FrontContext = {
    content,
    title,
    labels,
    words,
    pictureUrl: content.cover.image === null ? null : options.attachmentUrl(content.cover.image),
    fonts: [...new Set(familiesOf(options.theme).map((family) => family.title))],
    digest,
  };
  const frontSections = alone ? [] : [{ id: 'contents', title: labels.contents, lines }, ...lists];
  // The lists share a page where they are short, so they share their pages' head.
  const listHead = lists.length > 1 ? words.lists : (lists[0]?.title ?? '');
  const section = (id: string, name: string, className: string, body: string): string => {
    const follows = lists.length > 1 && id === lists[1]?.id;
    const pages = lists.some((list) => list.id === id) ? 'lists' : id;
    return `<section class="${className}${follows ? ' follows' : ''} matter-${pages}"><h2 id="${id}"${follows ? '' : recto}>${escapeHtml(name)}</h2>${body}</section>`;
  };
  const [contents = '', ...listsHtml] = frontSections.map((one) =>
    section(
      one.id,
      one.title,
      'front',
      contentsList(one.lines, numbers, one.id === 'contents' ? '' : 'contents-list'),
    ),
  );
  const sections = [
    ...(alone
      ? []
      : [coverPage(front), halfTitle(front, recto) + colophon(front), contents, listsHtml.join('')]),
    ...notesHtml,
    ...back.map((one) => section(one.id, one.title, 'back', one.body)),
  ]
    .filter((one) => one !== '')
    .map(nameFormulas);
  const heads: RunningHead[] = [
    ...(alone ? [] : [{ name: 'matter-contents', title: labels.contents }]),
    ...(lists.length === 0 ? [] : [{ name: 'matter-lists', title: listHead }]),
    ...back.map((one) => ({ name: `matter-${one.id}`, title: one.title })),
    ...placed.map((one, at) => ({ name: `note-${at + 1}`, title: one.title })),
  ];
  const openings = [...frontSections.slice(0, 2), ...drawn.drawn, ...back].map((one) => one.id);
  const style = `${options.fontRules}\n${bookStyle({ ...options, variant }, drawn.depth, coverInk(content.cover.colour))}\n${runningHeads(alone ? '' : title, heads, pageGeometry(options.format, variant))}`;
  const attributes = htmlAttributes({ class: numbers ? null : 'plain-pages' });
  const head =
    `<!doctype html><html${htmlAttributes({ lang: content.language })}><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<style${htmlAttributes({ nonce: options.styleNonce })}>${style}</style></head><body${attributes}>`;
  const body = sections.join('');
  const needed = recto === '' ? openings : ['half-title', ...openings];
  const targets = [...new Set([...needed, ...askedFor(body)])];
  const partHeadings = (at: number): string[] => (partAt(at) === -1 ? [] : [partTitle(partAt(at))]);
  const headings = drawn.drawn.flatMap((note, at) => [
    ...partHeadings(at),
    plainText(titleWithNumber(note)),
    ...note.headings.map((heading) => plainText(heading.html).trim()),
  ]);
  return {
    html: `${head}${body}${hiddenLinks(targets)}</body></html>`,
    head,
    sections,
    targets,
    contents: [...lines, ...lists.flatMap((list) => list.lines)].map((line) => line.id),
    headings: alone
      ? headings
      : [
          title,
          ...frontSections.map((one) => one.title),
          ...headings,
          ...back.flatMap((one) => [one.title, ...headingsOf(one.body)]),
        ],
    openings: alone ? [] : openings,
    digest,
  };
}
