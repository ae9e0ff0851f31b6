import { categoryIn, categoryLists } from '#shared/document/fields.ts';
import type { CollectionEntry, CollectionPage } from '#shared/api/collections.ts';
import type { Edition } from '#shared/api/editions.ts';
import { memberKindOf } from '#shared/domain/Collection.ts';
import { formatDate, formatDateTime } from '#shared/domain/dates.ts';
import type { Language } from '#shared/domain/Person.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { joinNames } from '../export/bookLabels.ts';
import type { PageAddresses } from './notePage.ts';
import { pageShell } from './pageShell.ts';
import { type PublicLabels, publicLabels, publicLanguage, shownName } from './publicLabels.ts';

interface Line {
  readonly entry: CollectionEntry;
  readonly path: string;
  readonly title: string;
  readonly about: readonly string[];
}

/** What a visitor may read of an entry; null where that is nothing: it has no line, not even an empty one. */
function lineOf(entry: CollectionEntry, labels: PublicLabels): Line | null {
  const { note, carnet } = entry;
  if (note !== null) {
    const names = joinNames(
      note.authors.map((author) => shownName(author, labels)),
      labels,
    );
    return { entry, path: `/notes/${note.id}`, title: note.title, about: [note.excerpt, names] };
  }
  if (carnet === null) return null;
  const about = [carnet.description, labels.count.note(carnet.memberCount)];
  return { entry, path: `/carnets/${carnet.id}`, title: carnet.title, about };
}

function lineHtml({ path, title, about }: Line, labels: PublicLabels): string {
  const more = about
    .filter((text) => text !== '')
    .map((text) => `<p class="public-note">${escapeHtml(text)}</p>`);
  return `<li><a href="${path}">${escapeHtml(title || labels.untitled)}</a>${more.join('')}</li>`;
}

function coverHtml({ cover }: CollectionPage['collection']): string {
  if (cover.image === null) return '';
  return `<img${htmlAttributes({ class: 'public-cover', src: `/api/attachments/${cover.image}`, alt: cover.alternative })}>`;
}

/** The editions of a carnet, newest first: what they are called, when they were frozen, and by which digest a copy is known. */
function editionsHtml(editions: readonly Edition[], labels: PublicLabels, language: Language): string {
  const lines = editions.map(({ number, title, remark, at, digest }) => {
    const name = [labels.edition(number), title].filter(Boolean).join(' – ');
    const about = [remark ?? '', `${labels.frozen(formatDate(at, language))} · ${labels.digest} ${digest}`];
    return `<li>${escapeHtml(name)}${about
      .filter(Boolean)
      .map((text) => `<p class="public-note">${escapeHtml(text)}</p>`)
      .join('')}</li>`;
  });
  return lines.length === 0
    ? ''
    : `<aside class="public-about"><section><h2>${labels.editions}</h2><ul>${lines.join('')}</ul></section></aside>`;
}

/**
 * A public carnet or base for anybody, without a script.
 * @param page - as a visitor may see it.
 * @param editions - of a carnet, as they may too.
 */
export function publicCollectionPage(
  page: CollectionPage,
  editions: readonly Edition[],
  addresses: PageAddresses,
): string {
  const { collection } = page;
  const { kind, cover } = collection;
  const path = `/${kind}s/${collection.id}`;
  // The page is arranged by the first list, as the application opens it.
  const categories = categoryLists(page.categories)[0]?.categories ?? [];
  const language = publicLanguage(collection.language);
  const labels = publicLabels(language);
  const title = collection.title || labels.untitled;
  const readable = page.entries.flatMap((entry) => lineOf(entry, labels) ?? []);
  const groups = [
    {
      name: categories.length === 0 ? null : labels.others,
      lines: readable.filter(({ entry }) => categoryIn(entry, categories) === null),
    },
    ...categories.map(({ id, name }) => ({
      name,
      lines: readable.filter(({ entry }) => categoryIn(entry, categories) === id),
    })),
  ].filter(({ lines }) => lines.length > 0);
  const list = groups
    .map(
      ({ name, lines }) =>
        (name === null ? '' : `<h2>${escapeHtml(name)}</h2>`) +
        `<ol>${lines.map((line) => lineHtml(line, labels)).join('')}</ol>`,
    )
    .join('');
  const bases = page.bases.map(({ id, title: name, memberCount, integratedAt, integratedBy }) => {
    const words = labels.integrated(
      formatDateTime(integratedAt, language),
      integratedBy && shownName(integratedBy, labels),
    );
    return (
      `<li><a href="/bases/${id}">${escapeHtml(name || labels.untitled)}</a>` +
      `<p class="public-note">${labels.count.carnet(memberCount)} · ${escapeHtml(words)}</p></li>`
    );
  });
  return pageShell(
    {
      url: `${addresses.origin}${path}`,
      feed: `${addresses.origin}/flux${path}`,
      title,
      description: collection.description,
      language: collection.language,
      kind: 'website',
      publishedAt: null,
      modifiedAt: collection.modifiedAt,
      authors: page.managers.map((manager) => shownName(manager, labels)),
      image: cover.image === null ? null : `${addresses.origin}/api/attachments/${cover.image}`,
      structured: {
        '@type': 'Collection',
        hasPart: readable.map((line) => ({
          '@type': memberKindOf[kind] === 'note' ? 'Article' : 'Collection',
          name: line.title || labels.untitled,
          url: `${addresses.origin}${line.path}`,
        })),
      },
    },
    {
      styleSheet: addresses.styleSheet,
      open: { href: `${path}?app`, label: labels.open },
      report: addresses.takesReports ? { href: `/report${path}`, label: labels.report } : null,
    },
    `${coverHtml(collection)}<header><p class="public-kind">${labels.kind[kind]}</p><h1>${escapeHtml(title)}</h1>` +
      (collection.description === ''
        ? ''
        : `<p class="public-description">${escapeHtml(collection.description)}</p>`) +
      `<p class="public-meta">${labels.count[memberKindOf[kind]](readable.length)}</p></header>` +
      (list === ''
        ? `<p class="public-empty">${labels.empty[kind]}</p>`
        : `<div class="public-entries">${list}</div>`) +
      (bases.length === 0
        ? ''
        : `<aside class="public-about"><section><h2>${labels.bases}</h2><ul>${bases.join('')}</ul></section></aside>`) +
      editionsHtml(editions, labels, language),
  );
}
