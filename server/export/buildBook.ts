import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { extractAttachments, extractHeadings } from '#shared/document/extractText.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import type { RenderedHeading } from '#shared/document/renderOptions.ts';
import type { BookContent } from './BookContent.ts';
import { renderSheet } from '../renderSheet.ts';
import { type BookLabels, bookLabels, joinNames } from './bookLabels.ts';
import { bookStyle, runningHeaders } from './bookStyle.ts';
import { hyphenateHtml, hyphenateText } from './hyphenate.ts';
import { noteMeta } from './noteMeta.ts';
import type { PageFormat } from './pageFormat.ts';
import { type PlacedNote, type PlacedNotes, placeNotes } from './placeNotes.ts';

export interface BuildBookOptions {
  readonly format: PageFormat;
  /** Address of an attachment's bytes. */
  readonly attachmentUrl: (attachmentId: string) => string;
  /** The `@font-face` rules. */
  readonly fontRules: string;
  /** False where nobody can fill in the page numbers (the browser's own print): the contents then show none. */
  readonly pageNumbers?: boolean;
  /** For the style element, where the page is served under a content security policy. */
  readonly styleNonce?: string;
}

/** A book ready to be printed. */
export interface BuiltBook {
  /** A whole document; its contents show « 000 » until the true numbers are known. */
  readonly html: string;
  /** Ids of the elements whose page numbers the contents show, in order. */
  readonly contents: readonly string[];
  /** Titles of the headings, as text and in order: what the outline says. */
  readonly headings: readonly string[];
  /** Attachments that the book shows. */
  readonly attachments: readonly string[];
}

/** Deepest heading that the contents list (h2 is a note's title in a carnet). */
const deepestInContents = 4;
/** A note alone gets contents from this many headings on. */
const fewestHeadingsForContents = 6;

function contentsLine(id: string, titleHtml: string, level: number): string {
  return (
    `<li class="contents-${level}"><a href="#${id}"><span class="contents-title">${titleHtml}</span>` +
    `<span class="contents-leader"></span><span class="contents-page" data-target="${id}">000</span></a></li>`
  );
}

/** Titles in the contents: marks stay, links inside links do not. */
function withoutLinks(html: string): string {
  return html.replaceAll(/<\/?a\b[^>]*>/g, '');
}

function cover(content: BookContent, title: string, labels: BookLabels): string {
  const description = content.description.trim();
  return (
    `<section class="cover"><p class="cover-kind">${labels.carnet}</p><h1 id="book">${escapeHtml(title)}</h1><div class="cover-rule"></div>` +
    (description ? `<p class="cover-description">${escapeHtml(description)}</p>` : '') +
    `<div class="cover-foot"><p class="cover-authors">${escapeHtml(joinNames(content.authors, labels))}</p>` +
    `<p>${escapeHtml(labels.formatDate(content.date))}</p></div></section>`
  );
}

interface RenderedNote {
  readonly html: string;
  readonly titleHtml: string;
  readonly headings: readonly RenderedHeading[];
}

function renderNote(placed: PlacedNote, context: RenderContext): RenderedNote {
  const { note, id, prefix, numbering } = placed;
  const { alone, options } = context;
  const labels = bookLabels(note.language);
  const titleHtml = escapeHtml(note.title.trim() || labels.untitled);
  const rendered = renderBody(note.body, {
    language: note.language,
    idPrefix: prefix,
    headingShift: alone ? 1 : 2,
    numbering,
    openDetails: true,
    suggestions: 'original',
    attachmentUrl: options.attachmentUrl,
    noteTitle: context.titleOf,
    noteHref: context.hrefOf,
    outsideReference: (label) => context.references.get(label) ?? null,
  });
  const tag = alone ? 'h1' : 'h2';
  const attributes = htmlAttributes({
    class: `note ${context.pageName(placed)}${alone ? ' alone' : ''}`,
    lang: note.language,
  });
  const head = `<header class="note-head"><${tag} id="${id}">${titleHtml}</${tag}><p class="note-meta">${escapeHtml(noteMeta(note, labels))}</p></header>`;
  const sheet = hyphenateHtml(renderSheet(note.sheet, note.kind, labels.language), note.language);
  const contents = alone ? context.aloneContents(rendered.headings) : '';
  return {
    html: `<section${attributes}>${head}${sheet}${contents}${hyphenateHtml(rendered.html, note.language)}</section>`,
    titleHtml,
    headings: rendered.headings,
  };
}

interface RenderContext {
  readonly alone: boolean;
  readonly options: BuildBookOptions;
  readonly titleOf: (noteId: string) => string | null;
  readonly hrefOf: (noteId: string) => string | null;
  readonly references: PlacedNotes['references'];
  readonly pageName: (placed: PlacedNote) => string;
  readonly aloneContents: (headings: readonly RenderedHeading[]) => string;
}

/**
 * Sets a note or a carnet as a book: cover, contents, notes; HTML and its style, ready for two passes of print (the
 * first tells the page numbers). Pure: the same content gives the same book.
 * @param content - what the person may read, and no more.
 */
export function buildBook(content: BookContent, options: BuildBookOptions): BuiltBook {
  const labels = bookLabels(content.language);
  const alone = content.subject === 'note';
  const title = content.title.trim() || labels.untitled;
  const { placed, titleOf, hrefOf, references } = placeNotes(content);
  const targets: string[] = [];
  const listHeadings = (headings: readonly RenderedHeading[]): string =>
    headings
      .filter((heading) => heading.level <= (alone ? deepestInContents - 1 : deepestInContents))
      .map((heading) => {
        targets.push(heading.id);
        return contentsLine(
          heading.id,
          withoutLinks(heading.html),
          alone ? heading.level + 1 : heading.level,
        );
      })
      .join('');
  const frame = (lines: string, className: string): string =>
    `<nav class="${['contents', className, options.pageNumbers === false ? 'plain' : ''].filter(Boolean).join(' ')}">` +
    `${alone ? '' : `<h2 id="contents">${labels.contents}</h2>`}<ol>${lines}</ol></nav>`;
  const context: RenderContext = {
    alone,
    options,
    titleOf,
    hrefOf,
    references,
    pageName: ({ id }) => `note-${id.slice(1)}`,
    aloneContents: (headings) =>
      headings.length < fewestHeadingsForContents ? '' : frame(listHeadings(headings), 'alone-contents'),
  };
  const rendered = placed.map((one) => renderNote(one, context));
  const lines = alone
    ? ''
    : rendered
        .map(({ titleHtml, headings }, at) => {
          const id = `n${at + 1}`;
          targets.push(id);
          return contentsLine(id, titleHtml, 2) + listHeadings(headings);
        })
        .join('');
  const front = alone
    ? ''
    : cover({ ...content, description: hyphenateText(content.description, content.language) }, title, labels);
  const noteTitles = placed.map((one) => one.title);
  const style = `${options.fontRules}\n${bookStyle(options.format)}\n${runningHeaders(alone ? '' : title, noteTitles, options.format)}`;
  const html =
    `<!doctype html><html${htmlAttributes({ lang: content.language })}><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<style${htmlAttributes({ nonce: options.styleNonce })}>${style}</style></head><body>${front}` +
    `${alone ? '' : frame(lines, '')}${rendered.map((one) => one.html).join('')}</body></html>`;
  const headings = placed.flatMap(({ note }) => [
    note.title.trim() || labels.untitled,
    ...extractHeadings(note.body, { noteTitle: titleOf }).map((heading) => heading.text),
  ]);
  return {
    html,
    contents: targets,
    headings: alone ? headings : [title, labels.contents, ...headings],
    attachments: [...new Set(content.notes.flatMap((note) => extractAttachments(note.body)))],
  };
}
