import { categoryIn, categoryLists } from '#shared/document/fields.ts';
import type { CarnetEntry, CarnetPage } from '#shared/api/carnets.ts';
import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { joinNames } from '../export/bookLabels.ts';
import type { PageAddresses } from './notePage.ts';
import { pageShell } from './pageShell.ts';
import { type PublicLabels, publicLabels, publicLanguage } from './publicLabels.ts';

function entryLine({ note }: CarnetEntry, labels: PublicLabels): string {
  // A note that a visitor may not read has no line, not even an empty one.
  if (note === null) return '';
  const names = joinNames(
    note.authors.map((author) => author.name),
    labels,
  );
  return (
    `<li><a href="/notes/${note.id}">${escapeHtml(note.title || labels.untitled)}</a>` +
    (note.excerpt === '' ? '' : `<p class="public-note">${escapeHtml(note.excerpt)}</p>`) +
    (names === '' ? '' : `<p class="public-note">${escapeHtml(names)}</p>`) +
    '</li>'
  );
}

/** A public carnet for anybody, without a script. @param page - as a visitor may see it. */
export function publicCarnetPage(page: CarnetPage, addresses: PageAddresses): string {
  const { carnet } = page;
  // The page is arranged by the first list, as the application opens it.
  const categories = categoryLists(page.categories)[0]?.categories ?? [];
  const language = publicLanguage(carnet.language);
  const labels = publicLabels(language);
  const title = carnet.title || labels.untitled;
  const readable = page.entries.filter((entry) => entry.note !== null);
  const groups = [
    {
      name: categories.length === 0 ? null : labels.otherNotes,
      entries: readable.filter((entry) => categoryIn(entry, categories) === null),
    },
    ...categories.map(({ id, name }) => ({
      name,
      entries: readable.filter((entry) => categoryIn(entry, categories) === id),
    })),
  ].filter(({ entries }) => entries.length > 0);
  const list = groups
    .map(
      ({ name, entries }) =>
        (name === null ? '' : `<h2>${escapeHtml(name)}</h2>`) +
        `<ol>${entries.map((entry) => entryLine(entry, labels)).join('')}</ol>`,
    )
    .join('');
  const names = page.managers.map((manager) => manager.name);
  return pageShell(
    {
      url: `${addresses.origin}/carnets/${carnet.id}`,
      feed: `${addresses.origin}/flux/carnets/${carnet.id}`,
      title,
      description: carnet.description,
      language: carnet.language,
      kind: 'website',
      publishedAt: null,
      modifiedAt: carnet.modifiedAt,
      authors: names,
      structured: {
        '@type': 'Collection',
        hasPart: readable.map(({ note }) => ({
          '@type': 'Article',
          name: note?.title || labels.untitled,
          url: `${addresses.origin}/notes/${note?.id ?? ''}`,
        })),
      },
    },
    {
      styleSheet: addresses.styleSheet,
      open: { href: `/carnets/${carnet.id}?app`, label: labels.open },
      report: { href: `/report/carnets/${carnet.id}`, label: labels.report },
    },
    `<header><p class="public-kind">${labels.kind.carnet}</p><h1>${escapeHtml(title)}</h1>` +
      (carnet.description === ''
        ? ''
        : `<p class="public-description">${escapeHtml(carnet.description)}</p>`) +
      `<p class="public-meta">${labels.noteCount(readable.length)}</p></header>` +
      (list === ''
        ? `<p class="public-empty">${labels.emptyCarnet}</p>`
        : `<div class="public-entries">${list}</div>`),
  );
}
