import { escapeHtml } from '#shared/document/escapeHtml.ts';
import type { RenderedHeading } from '#shared/document/renderOptions.ts';
import type { PlacedNote } from '../placeNotes.ts';
import { unknownPage } from './markLinks.ts';

/** A line of the contents. */
export interface ContentsLine {
  /** The element whose page is shown. */
  readonly id: string;
  readonly html: string;
  /** Its place in the hierarchy: a part, a note, a heading this far below its note, or a section of the back pages. */
  readonly kind: 'part' | 'note' | 'back' | 1 | 2;
}

function contentsLine({ id, html, kind }: ContentsLine): string {
  return (
    `<li class="contents-${kind}"><a href="#${id}"><span class="contents-leader"></span><span class="contents-title">${html}</span> ` +
    `<span class="contents-page" data-target="${id}">${unknownPage}</span></a></li>`
  );
}

/** Titles in the contents: marks stay, links inside links do not. */
export function withoutLinks(html: string): string {
  return html.replaceAll(/<\/?a\b[^>]*>/g, '');
}

/** The headings of a note as lines of the contents: the first two levels. @param depth - level in HTML of the note's title. */
export function headingLines(headings: readonly RenderedHeading[], depth: number): ContentsLine[] {
  return headings.flatMap(({ id, level, html }): ContentsLine[] => {
    const below = level - depth;
    return below === 1 || below === 2 ? [{ id, html: withoutLinks(html), kind: below }] : [];
  });
}

/** Lines as a list of the contents. @param numbered - false where nobody can fill in the page numbers. */
export function contentsList(lines: readonly ContentsLine[], numbered: boolean, className: string): string {
  return `<nav class="${['contents', className, numbered ? '' : 'plain'].filter(Boolean).join(' ')}"><ol>${lines.map(contentsLine).join('')}</ol></nav>`;
}

/** The captioned figures, or tables, of a book as lines: « Figure 3. Le terrain ». */
export function captionLines(
  placed: readonly PlacedNote[],
  kind: 'figure' | 'table',
  captionNumber: (
    one: PlacedNote['numbering']['references'] extends ReadonlyMap<string, infer R> ? R : never,
  ) => string,
): ContentsLine[] {
  return placed.flatMap(({ numbering, prefix }) =>
    [...numbering.references.values()].flatMap((reference): ContentsLine[] => {
      if (reference.kind !== kind) return [];
      const id = `${prefix}ref-${reference.label.replaceAll(/[^A-Za-z0-9_-]/g, '')}`;
      const html = escapeHtml(`${captionNumber(reference)} ${reference.title}`.trim());
      return [{ id, html, kind: 1 }];
    }),
  );
}
