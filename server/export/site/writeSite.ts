import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import { renderSheet } from '../../renderSheet.ts';
import { standingSentences } from '../absences.ts';
import type { Archive, ArchivePart } from '../Archive.ts';
import type { BookContent } from '../BookContent.ts';
import { type ArrangedBook, arrangeBook } from '../book/arrangeBook.ts';
import { bookWords } from '../book/bookWords.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import { bookFileName, isPacked, safeName, uniqueNames } from '../fileNames.ts';
import { noteMeta } from '../noteMeta.ts';
import { intoFiles } from '../pageFiles.ts';
import { type PlacedNote, type PlacedNotes, placeNotes } from '../placeNotes.ts';
import { siteLabels } from './siteLabels.ts';
import { type SiteFrame, type SiteLink, sitePage } from './sitePage.ts';
import { siteStyle, type SiteStyle } from './SiteStyle.ts';

const home = 'index.html';
const styleFolder = 'style';
const longestSlug = 60;

/** The end of a page's address, in letters that every server and every disk has: « L’été » → `l-ete`. */
function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, longestSlug).replaceAll(/^-+|-+$/g, '');
}

/** `07-l-ete.html`: in a folder the pages stand in the order of the site, and no two have one name. */
function pageNames(placed: readonly PlacedNote[]): Map<string, string> {
  const width = Math.max(2, String(placed.length).length);
  return new Map(
    placed.map(({ id, title }, at) => {
      const number = String(at + 1).padStart(width, '0');
      const slug = slugOf(title);
      return [id, `${number}${slug === '' ? '' : `-${slug}`}.html`];
    }),
  );
}

/** An address in the site of a path whose folders and file may have any letters. With its dot, by which rendering knows a file beside the page. */
const hrefOf = (path: string): string => `./${path.split('/').map(encodeURIComponent).join('/')}`;

function noteContent(
  { note, title, id, prefix, numbering }: PlacedNote,
  { titleOf, hrefOf: noteHref, references }: PlacedNotes,
  media: ReadonlyMap<string, string>,
): string {
  const { html } = renderBody(note.body, {
    language: note.language,
    idPrefix: prefix,
    numbering,
    suggestions: 'original',
    attachmentUrl: (attachment) => media.get(attachment) ?? null,
    noteTitle: titleOf,
    noteHref,
    outsideReference: (label) => references.get(label) ?? null,
  });
  const labels = bookLabels(note.language);
  const about = `<p class="public-meta">${escapeHtml(noteMeta(note, labels))}</p>`;
  return (
    `<article><header><h1${htmlAttributes({ id })}>${escapeHtml(title)}</h1>${about}</header>` +
    `${renderSheet(note.sheet, note.kind, labels.language)}<div class="note-text note-reader">${html}</div></article>`
  );
}

/** The note of each page under the part that it begins, and what the carnet is. */
function homeContent(
  { content, parts }: ArrangedBook,
  title: string,
  pages: readonly (SiteLink & PlacedNote)[],
): string {
  const labels = bookLabels(content.language);
  const description = content.description.trim();
  const lines = pages.map(({ href, title: name, note }) => {
    const authors =
      note.authors.length === 0
        ? ''
        : `<p class="public-note">${escapeHtml(joinNames(note.authors, labels))}</p>`;
    const lang = note.language === content.language ? {} : { lang: note.language };
    return `<li><a${htmlAttributes({ href, ...lang })}>${escapeHtml(name)}</a>${authors}</li>`;
  });
  const opening = [{ title: labels.contents, from: 0 }, ...parts];
  const lists = opening.map(({ title: name, from }, at) => {
    const own = lines.slice(from, opening[at + 1]?.from ?? lines.length).join('');
    const heading = name ?? bookWords(labels.language).otherNotes;
    return own === '' ? '' : `<h2>${escapeHtml(heading)}</h2><ol>${own}</ol>`;
  });
  const about = [joinNames(content.authors, labels), labels.formatDate(content.date)]
    .filter(Boolean)
    .join(' · ');
  const absences = standingSentences(content)
    .map((sentence) => `<p class="public-meta">${escapeHtml(sentence)}</p>`)
    .join('');
  return (
    `<header><h1>${escapeHtml(title)}</h1><p class="public-meta">${escapeHtml(about)}</p>` +
    (description === '' ? '' : `<p class="public-description">${escapeHtml(description)}</p>`) +
    `</header><section class="public-entries">${lists.join('')}</section>${absences}`
  );
}

async function* partsOf(
  arranged: ArrangedBook,
  style: SiteStyle,
  signal: AbortSignal,
): AsyncGenerator<ArchivePart> {
  const { content } = arranged;
  const labels = bookLabels(content.language);
  const words = siteLabels(labels.language);
  const title = content.title.trim() || labels.untitled;
  const notes = placeNotes(content);
  const names = pageNames(notes.placed);
  const fileOf = (id: string): string => names.get(id) ?? home;
  const pages = notes.placed.map((placed) => ({ ...placed, href: fileOf(placed.id) }));
  const isAlone = content.subject === 'note';
  const frame: SiteFrame = {
    language: content.language,
    title,
    home,
    styleSheet: `${styleFolder}/style.css`,
  };
  const uniqueMedium = uniqueNames();
  const media = new Map<string, string>();
  const missing = new Set<string>();
  for (const [at, page] of pages.entries()) {
    signal.throwIfAborted();
    const { note } = page;
    const part = (path: string, bytes: Uint8Array, packs: boolean): ArchivePart => ({
      path,
      bytes,
      changedAt: note.modifiedAt,
      packs,
      progress: at / pages.length,
    });
    for (const id of extractAttachments(note.body)) {
      if (media.has(id) || missing.has(id)) continue;
      const asset = await content.loadAttachment(id, signal);
      if (asset === null) {
        missing.add(id);
        continue;
      }
      const path = `${words.media}/${uniqueMedium(safeName(asset.name, id))}`;
      media.set(id, hrefOf(path));
      yield part(path, asset.bytes, !isPacked.test(asset.mediaType));
    }
    const html = sitePage(frame, {
      language: note.language,
      title: page.title,
      description: isAlone ? content.description.trim() : '',
      authors: note.authors,
      content: intoFiles(noteContent(page, notes, media), page.id, isAlone ? () => home : fileOf),
      previous: pages[at - 1] ?? null,
      next: pages[at + 1] ?? null,
    });
    // A note alone is what is opened first.
    yield part(isAlone ? home : page.href, Buffer.from(html), true);
  }
  const whole = (path: string, bytes: Uint8Array, packs: boolean): ArchivePart => ({
    path,
    bytes,
    changedAt: content.date,
    packs,
    progress: 1,
  });
  if (!isAlone) {
    const html = sitePage(frame, {
      language: content.language,
      title,
      description: content.description.trim(),
      authors: content.authors,
      content: homeContent(arranged, title, pages),
      previous: null,
      next: pages[0] ?? null,
    });
    yield whole(home, Buffer.from(html), true);
  }
  yield whole(frame.styleSheet, Buffer.from(`${style.css}\n${siteStyle}`), true);
  for (const [name, bytes] of style.files)
    yield whole(`${styleFolder}/${name}`, bytes, !name.endsWith('.woff2'));
}

/** A note or a carnet as a site in a folder: a page for each note and one that is opened first, with all that they show. It asks nothing of the network, so that it is read from a disk too. */
export function writeSite(content: BookContent, style: SiteStyle, signal: AbortSignal): Archive {
  return {
    fileName: `${bookFileName(content)}.zip`,
    mediaType: 'application/zip',
    parts: partsOf(arrangeBook(content), style, signal),
  };
}
