import { escapeHtml } from '#shared/document/escapeHtml.ts';
import type { BookUses } from './BookUses.ts';
import type { BookWords } from './bookWords.ts';

/** The text of a piece of HTML that `renderBody` wrote. */
export function plainText(html: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
}

/** Stands for a page number until the first pass tells it; as wide as most. */
export const unknownPage = '000';

/** The page on which something stands, in brackets. */
export function pageRef(target: string, words: BookWords): string {
  return `<span class="page-ref" data-target="${target}"> ${words.pageMark(unknownPage)}</span>`;
}

/** The pages on which things stand, filled in by `writePageNumbers`. @param main - the one among them that is set in bold. */
export function pageList(targets: readonly string[], main: string | null = null): string {
  const bold = main === null ? '' : ` data-main="${main}"`;
  return `<span class="page-list" data-targets="${targets.join(' ')}"${bold}>${unknownPage}</span>`;
}

/**
 * Gives an id to the links of a note, so that their pages can be told, and shows where links to other notes of the book lead.
 * @param html - what `renderBody` gives.
 * @param prefix - before the ids.
 * @param calls - whether links out of the book carry their number in the list of links: on paper nobody can follow them.
 */
export function markLinks(
  html: string,
  prefix: string,
  uses: BookUses,
  words: BookWords,
  calls: boolean,
): string {
  let count = 0;
  return html.replaceAll(/<a\b([^>]*)>(.*?)<\/a>/gs, (whole, attributes: string, inside: string) => {
    const href = plainText(/ href="([^"]*)"/.exec(attributes)?.[1] ?? '');
    const kind = /^ class="(note-link|term-link)"/.exec(attributes)?.[1];
    const isOutside = /^https?:/i.test(href);
    if ((kind === undefined && !isOutside) || attributes.includes('class="media-')) return whole;
    count += 1;
    const id = `${prefix}use-${count}`;
    const link = `<a id="${id}"${attributes}>${inside}</a>`;
    if (isOutside) {
      const number = uses.addOutside(href, plainText(inside), id);
      return calls ? `${link}<a class="link-call" href="#link-${number}">[${number}]</a>` : link;
    }
    uses.add(href, id);
    return kind === 'note-link' && /^#n\d+$/.test(href)
      ? link + pageRef(escapeHtml(href.slice(1)), words)
      : link;
  });
}
