import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { BookUses } from './BookUses.ts';
import type { BookWords } from './bookWords.ts';
import { pageList } from './markLinks.ts';

/** The links out of the book, numbered in the order in which they first come, with their addresses and pages: a bibliography for paper. */
export function linkList(uses: BookUses, words: BookWords): string {
  const lines = uses.outside.map(({ url, words: linked, places }, at) => {
    const number = at + 1;
    const named = linked.trim() === '' || linked.trim() === url ? '' : `${escapeHtml(linked.trim())}<br>`;
    const address = `<a class="link-address"${htmlAttributes({ href: url })}>${escapeHtml(url)}</a>`;
    return `<li class="link-entry" id="link-${number}"><span class="link-number">${number}</span><span class="link-words">${named}${address} <span class="pages">${words.pages}\u00a0${pageList(places)}</span></span></li>`;
  });
  return lines.length === 0 ? '' : `<ol class="link-list">${lines.join('')}</ol>`;
}
