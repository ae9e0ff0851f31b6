import type { BuiltBook } from './buildBook.ts';
import { hiddenLinks } from './buildBook.ts';
import { elsewhere } from './pageScripts.ts';
import { type PageGeometry, textHeight } from './pageFormat.ts';

/** Pages of a book that are laid out together. */
export interface BookPart {
  readonly html: string;
  /** Ids of its elements. */
  readonly ids: ReadonlySet<string>;
  /** Ids of which it shows the page. */
  readonly shows: readonly string[];
  /** Ids of what begins on a right page, in order. */
  readonly rectos: readonly string[];
}

/** What Chromium keeps of a laid-out page is about a megabyte: as many pages as this are laid out together, where notes are not longer. Two such parts are at a time: larger, a book of a hundred pages is one part and keeps one processor waiting. */
const pagesAtOnce = 64;
/** Signs of a line, and how full of text a page is, as a rule. */
const lineSigns = 66;
const fullness = 0.7;

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map((found) => found[1] ?? '');

/** About how many pages a section takes: its signs, a third of a page for a picture, and half a line more for each row of a table. */
function estimatedPages(html: string, page: PageGeometry): number {
  const lines = textHeight(page) / ((page.lineHeight * 25.4) / 72);
  const signs = html.replaceAll(/<[^>]*>|\u00ad/g, '').length;
  const rows = all(html, /<(tr)\b/g).length;
  const pictures = all(html, /<(img)\b/g).length;
  return signs / (lineSigns * lines * fullness) + pictures / 3 + rows / (2 * lines);
}

function partOf(sections: readonly string[]): BookPart {
  const html = sections.join('');
  const numbered = all(html, / data-targets?="([^"]*)"/g).flatMap((ids) => ids.split(' '));
  const references = all(html, /<a class="cross-reference"[^>]* href="#([^"]*)"[^>]* data-form="page"/g);
  return {
    html,
    ids: new Set(all(html, / id="([^"]*)"/g)),
    shows: [...new Set([...numbered, ...references])],
    rectos: all(html, / id="([^"]*)" data-recto/g),
  };
}

/**
 * Divides a book into what is laid out together, at the ends of its sections, so that the memory that it takes does not grow with it: a book of up to some sixty
 * pages is one part, a note is never divided. Pure: the same book is divided in the same way.
 */
export function divideBook(built: BuiltBook, page: PageGeometry): BookPart[] {
  const weights = built.sections.map((section) => estimatedPages(section, page));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const most = total / Math.max(1, Math.ceil(total / pagesAtOnce));
  const parts: string[][] = [];
  let begun = 0;
  let before = 0;
  for (const [at, section] of built.sections.entries()) {
    const weight = weights[at] ?? 0;
    // The middle of the section tells in which part it is.
    const part = Math.floor((before + weight / 2) / most);
    if (parts.length === 0 || part > begun) {
      parts.push([]);
      begun = part;
    }
    parts.at(-1)?.push(section);
    before += weight;
  }
  return parts.map(partOf);
}

/** Where the links of a whole book lead. */
export function linkTargets(built: BuiltBook): string[] {
  const linked = built.sections.flatMap((section) => all(section, / href="#([^"]*)"/g));
  return [...new Set([...built.targets, ...linked])];
}

/**
 * A part as a document.
 * @param targets - of the links of the whole book.
 * @param start - the number of its first page.
 */
export function partDocument(
  head: string,
  part: BookPart,
  targets: readonly string[],
  start: number,
): string {
  // Chromium takes the first page of what it prints for a right one.
  const sided =
    start % 2 === 1
      ? head
      : head.replaceAll(/:(left|right)\{/g, (_, side) => (side === 'left' ? ':right{' : ':left{'));
  const counted =
    start === 1 ? sided : sided.replace('</style>', `@page:first{counter-set:page ${start}}</style>`);
  const inside = part.html.replaceAll(/ href="#([^"]*)"/g, (link, id: string) =>
    part.ids.has(id) ? link : ` href="${elsewhere}${id}"`,
  );
  return `${counted}${inside}${hiddenLinks(targets.filter((id) => part.ids.has(id)))}</body></html>`;
}
