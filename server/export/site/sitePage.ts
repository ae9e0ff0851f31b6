import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { bookLabels } from '../bookLabels.ts';
import { siteLabels } from './siteLabels.ts';

/** A page beside another one. */
export interface SiteLink {
  readonly href: string;
  readonly title: string;
}

export interface SitePage {
  /** Of what is read; may be another than the site's. */
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  /** HTML of what is read, safe to insert. */
  readonly content: string;
  readonly previous: SiteLink | null;
  readonly next: SiteLink | null;
}

export interface SiteFrame {
  /** Language tag of the site. */
  readonly language: string;
  readonly title: string;
  readonly home: string;
  readonly styleSheet: string;
}

const meta = (name: string, content: string): string =>
  content === '' ? '' : `<meta${htmlAttributes({ name, content })}>`;

/** A page of a site, whole: it asks nothing of the network and runs nothing. */
export function sitePage(frame: SiteFrame, page: SitePage): string {
  const labels = siteLabels(bookLabels(frame.language).language);
  const way = (to: SiteLink | null, rel: 'prev' | 'next', label: string): string =>
    to === null
      ? ''
      : `<a${htmlAttributes({ class: rel === 'prev' ? 'site-previous' : 'site-next', href: to.href, rel })}><span>${label}</span>${escapeHtml(to.title)}</a>`;
  const ways = way(page.previous, 'prev', labels.previous) + way(page.next, 'next', labels.next);
  // The site's words keep their language on a page that is in another.
  const own = frame.language === page.language ? {} : { lang: frame.language };
  const turn =
    ways === ''
      ? ''
      : `<nav${htmlAttributes({ class: 'site-turn', 'aria-label': labels.turn, ...own })}>${ways}</nav>`;
  const title = page.title === frame.title ? page.title : `${page.title} – ${frame.title}`;
  const head = [
    `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    meta('viewport', 'width=device-width, initial-scale=1'),
    meta('color-scheme', 'light dark'),
    meta('description', page.description),
    ...page.authors.map((name) => meta('author', name)),
    `<link${htmlAttributes({ rel: 'stylesheet', href: frame.styleSheet })}>`,
  ].join('');
  return (
    `<!doctype html>\n<html${htmlAttributes({ lang: page.language })}><head>${head}</head>` +
    `<body><a${htmlAttributes({ class: 'site-skip', href: '#text', ...own })}>${labels.skip}</a>` +
    `<header class="public-head"${htmlAttributes(own)}><a${htmlAttributes({ class: 'public-home', href: frame.home })}>${escapeHtml(frame.title)}</a></header>` +
    `<main class="public-page" id="text">${page.content}${turn}</main></body></html>\n`
  );
}
