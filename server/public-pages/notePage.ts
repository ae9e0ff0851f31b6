import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import { citeApa } from '#shared/domain/citation.ts';
import { lockWords } from '#shared/domain/lock.ts';
import { licenceName, licenceUrl } from '#shared/domain/Licence.ts';
import { formatDate, formatDateTime } from '#shared/domain/dates.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { isEmptySheet } from '#shared/document/sheet.ts';
import { joinNames } from '../export/bookLabels.ts';
import { pageShell } from './pageShell.ts';
import { publicLabels, publicLanguage, shownName } from './publicLabels.ts';
import { renderSheet } from '../renderSheet.ts';
import { sheetMap } from './sheetMap.ts';
import { structuredSheet } from './structuredSheet.ts';

export interface PageAddresses {
  /** Of the relay, without a slash at its end. */
  readonly origin: string;
  readonly styleSheet: string;
  /** Whether there is somebody to whom a page can be reported: not on one's own computer. */
  readonly takesReports: boolean;
}

const time = (at: number, shown: string): string =>
  `<time${htmlAttributes({ datetime: new Date(at).toISOString() })}>${escapeHtml(shown)}</time>`;

/** A public note for anybody, without a script. @param page - as a visitor may see it. */
export function publicNotePage(
  page: NotePage,
  content: Pick<NoteContent, 'language' | 'title' | 'html'>,
  addresses: PageAddresses,
): string {
  const language = publicLanguage(content.language);
  const labels = publicLabels(language);
  const { note } = page;
  const title = content.title || labels.untitled;
  const shown = note.authors.map((author) => shownName(author, labels));
  const names = shown.filter((_, at) => note.authors[at]?.kind !== 'departed');
  const url = `${addresses.origin}/notes/${note.id}`;
  const links = (label: string, list: NotePage['terms']): string =>
    list.length === 0
      ? ''
      : `<section><h2>${label}</h2><ul>${list
          .map((one) => `<li><a href="/notes/${one.id}">${escapeHtml(one.title || labels.untitled)}</a></li>`)
          .join('')}</ul></section>`;
  const carnets = page.carnets.map(({ id, title: name, memberCount, integratedAt, integratedBy }) => {
    const words = labels.integrated(
      formatDateTime(integratedAt, language),
      integratedBy && shownName(integratedBy, labels),
    );
    return (
      `<li><a href="/carnets/${id}">${escapeHtml(name || labels.untitled)}</a>` +
      `<p class="public-note">${labels.count.note(memberCount)} · ${escapeHtml(words)}</p></li>`
    );
  });
  const about = [
    links(labels.terms, page.terms),
    carnets.length === 0 ? '' : `<section><h2>${labels.carnets}</h2><ul>${carnets.join('')}</ul></section>`,
    links(labels.backlinks, page.backlinks),
    page.community === null
      ? ''
      : `<section><h2>${labels.community}</h2><p>${escapeHtml(page.community.name)}</p></section>`,
    links(labels.uses, page.uses),
  ].join('');
  const adopted = note.lock === null ? null : lockWords(note.lock, language);
  const cited = citeApa(
    {
      title: content.title,
      authors: names,
      organisation: page.authorMode === 'community' ? (page.community?.name ?? null) : null,
      publishedAt: note.publishedAt,
      adopted,
      site: 'Calepin',
      url,
    },
    language,
  );
  const licence = licenceName(note.licence) ?? labels.allRights;
  const licenceAt = licenceUrl(note.licence, language);
  const rights =
    `<section><h2>${labels.licence}</h2><p>` +
    (licenceAt === null
      ? escapeHtml(licence)
      : `<a${htmlAttributes({ href: licenceAt, rel: 'license noreferrer' })}>${escapeHtml(licence)}</a>`) +
    `</p><h2>${labels.cite}</h2><p>${escapeHtml(cited.before)}<cite>${escapeHtml(cited.title)}</cite>${escapeHtml(cited.after)}</p></section>`;
  const dates = [
    note.publishedAt === null
      ? ''
      : time(note.publishedAt, labels.published(formatDate(note.publishedAt, language))),
    time(note.modifiedAt, labels.modified(formatDateTime(note.modifiedAt, language))),
  ].filter(Boolean);
  const body =
    content.html === '' && isEmptySheet(note.sheet, note.kind)
      ? `<p class="public-empty">${labels.emptyNote}</p>`
      : `<div class="note-text note-reader">${content.html}</div>`;
  return pageShell(
    {
      url,
      feed: `${addresses.origin}/flux/notes/${note.id}`,
      title,
      description: note.excerpt,
      language: content.language,
      kind: 'article',
      publishedAt: note.publishedAt,
      modifiedAt: note.modifiedAt,
      authors: names,
      structured: {
        '@type': 'Article',
        wordCount: note.wordCount,
        ...structuredSheet(note.sheet, note.kind, title),
      },
    },
    {
      styleSheet: addresses.styleSheet,
      open: { href: `/notes/${note.id}?app`, label: labels.open },
      report: addresses.takesReports ? { href: `/report/notes/${note.id}`, label: labels.report } : null,
    },
    `<article><header><h1>${escapeHtml(title)}</h1>` +
      (note.authors.length === 0
        ? ''
        : `<p class="public-meta">${escapeHtml(labels.by(joinNames(shown, labels)))}</p>`) +
      (adopted === null ? '' : `<p class="public-meta"><strong>${escapeHtml(adopted)}</strong></p>`) +
      `<p class="public-meta">${dates.join(' · ')}</p></header>${renderSheet(note.sheet, note.kind, language, sheetMap(note, language))}${body}</article>` +
      `<aside class="public-about" aria-label="${labels.about}">${about}${rights}</aside>`,
  );
}
