import { attributeText } from '#shared/document/bodyAccess.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { forEachNode, undescribedImages } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import type { RenderedHeading } from '#shared/document/renderOptions.ts';
import { renderSheet } from '../../renderSheet.ts';
import { standingSentences } from '../absences.ts';
import type { Archive, ArchivePart } from '../Archive.ts';
import type { BookContent } from '../BookContent.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import { noteMeta } from '../noteMeta.ts';
import { bookFileName, isPacked } from '../fileNames.ts';
import { intoFiles } from '../pageFiles.ts';
import { type PlacedNote, type PlacedNotes, placeNotes } from '../placeNotes.ts';
import { container, type EpubFacts, type EpubItem, epubPackage } from './epubPackage.ts';
import { epubStyle } from './epubStyle.ts';
import { toXhtml } from './toXhtml.ts';

/** What reading systems must know, with the endings of their files. @see https://www.w3.org/TR/epub-33/#sec-core-media-types */
const coreTypes = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['video/mp4', 'mp4'],
  ['video/webm', 'webm'],
]);

/** Attachments that a page shows, and does not only lead to. */
function shownMedia(body: BodyNode): string[] {
  const shown = new Set<string | null>();
  forEachNode(body, (node) => {
    if (node.type !== 'image' && node.type !== 'audio' && node.type !== 'video') return;
    shown.add(attributeText(node, 'attachmentId')).add(attributeText(node, 'posterId'));
  });
  return [...shown].filter((id) => id !== null);
}

const pageName = (id: string): string => `${id}.xhtml`;

function page(language: string, title: string, body: string, attributes = ''): string {
  const head = `<head><title>${escapeHtml(title)}</title><link rel="stylesheet" href="style.css"/></head>`;
  const root = htmlAttributes({
    xmlns: 'http://www.w3.org/1999/xhtml',
    'xmlns:epub': 'http://www.idpf.org/2007/ops',
    lang: language,
    'xml:lang': language,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html${root}>${head}<body${attributes}>${body}</body></html>\n`;
}

/** No page of a book leads to a file that is not a page of it. */
const withoutFiles = (html: string): string =>
  html.replaceAll(/<a href="\.\/media\/[^"]*" download="">(.*?)<\/a>/g, '$1');

function notePage(
  { note, title, id, prefix, numbering }: PlacedNote,
  { titleOf, hrefOf, references }: PlacedNotes,
  media: ReadonlyMap<string, string>,
): { readonly html: string; readonly headings: readonly RenderedHeading[] } {
  const { html, headings } = renderBody(note.body, {
    language: note.language,
    idPrefix: prefix,
    headingShift: 1,
    numbering,
    openDetails: true,
    suggestions: 'original',
    attachmentUrl: (attachment) => {
      const file = media.get(attachment);
      return file === undefined ? null : `./${file}`;
    },
    noteTitle: titleOf,
    noteHref: hrefOf,
    outsideReference: (label) => references.get(label) ?? null,
  });
  const labels = bookLabels(note.language);
  const about = noteMeta(note, labels);
  const sheet = renderSheet(note.sheet, note.kind, labels.language);
  const body = `<section epub:type="chapter" role="doc-chapter" aria-labelledby="${id}"><h1 id="${id}">${escapeHtml(title)}</h1><p class="about">${escapeHtml(about)}</p>${sheet}${html}</section>`;
  return { html: page(note.language, title, toXhtml(intoFiles(withoutFiles(body), id, pageName))), headings };
}

/** Headings as lists in lists. */
function listOf(file: string, headings: readonly RenderedHeading[]): string {
  if (headings.length === 0) return '';
  const items: string[] = [];
  let at = 0;
  while (at < headings.length) {
    const heading = headings[at] as RenderedHeading;
    const from = at + 1;
    do at += 1;
    while (at < headings.length && (headings[at]?.level ?? 0) > heading.level);
    const below = listOf(file, headings.slice(from, at));
    items.push(`<li><a href="${file}#${heading.id}">${heading.html}</a>${below}</li>`);
  }
  return `<ol>${items.join('')}</ol>`;
}

function navigation(
  content: BookContent,
  chapters: readonly { readonly note: PlacedNote; readonly headings: readonly RenderedHeading[] }[],
): string {
  const labels = bookLabels(content.language);
  const lines = chapters.map(({ note, headings }) => {
    const file = pageName(note.id);
    return `<li><a href="${file}">${escapeHtml(note.title)}</a>${listOf(file, headings)}</li>`;
  });
  const nav = `<nav epub:type="toc" role="doc-toc" aria-labelledby="contents"><h1 id="contents">${labels.contents}</h1><ol>${lines.join('')}</ol></nav>`;
  return page(content.language, labels.contents, toXhtml(nav));
}

function titlePage(content: BookContent, title: string): string {
  const labels = bookLabels(content.language);
  const description = content.description.trim();
  const absences = standingSentences(content)
    .map((sentence) => `<p>${escapeHtml(sentence)}</p>`)
    .join('');
  return page(
    content.language,
    title,
    `<section class="title-page" epub:type="titlepage"><h1>${escapeHtml(title)}</h1>` +
      `<p>${escapeHtml(joinNames(content.authors, labels))}</p>` +
      `${description === '' ? '' : `<p>${escapeHtml(description)}</p>`}${absences}</section>`,
  );
}

/** What the pages hold beside text. */
function factsOf(content: BookContent, types: readonly string[]): EpubFacts {
  const of = (kind: string): boolean => types.some((type) => type.startsWith(`${kind}/`));
  let hasMath = false;
  for (const note of content.notes)
    forEachNode(note.body, (node) => {
      if (node.type === 'mathInline' || node.type === 'mathBlock') hasMath = true;
    });
  const isDescribed = content.notes.every((note) => undescribedImages(note.body).length === 0);
  return { hasImages: of('image'), hasAudio: of('audio'), hasVideo: of('video'), hasMath, isDescribed };
}

async function* partsOf(content: BookContent, signal: AbortSignal): AsyncGenerator<ArchivePart> {
  const title = content.title.trim() || bookLabels(content.language).untitled;
  const notes = placeNotes(content);
  const modifiedAt = Math.max(0, ...content.notes.map((note) => note.modifiedAt));
  const part = (path: string, bytes: Uint8Array, packs: boolean, progress: number): ArchivePart => ({
    path,
    bytes,
    changedAt: modifiedAt,
    packs,
    progress,
  });
  const text = (path: string, value: string, progress: number): ArchivePart =>
    part(`EPUB/${path}`, Buffer.from(value), true, progress);
  // First and as it is, so that programs know the file by its beginning.
  yield part('mimetype', Buffer.from('application/epub+zip'), false, 0);
  yield part('META-INF/container.xml', Buffer.from(container), true, 0);
  const items: EpubItem[] = [
    { id: 'nav', href: 'nav.xhtml', mediaType: 'application/xhtml+xml', properties: ['nav'], isPage: true },
    { id: 'style', href: 'style.css', mediaType: 'text/css', properties: [], isPage: false },
  ];
  const media = new Map<string, string>();
  const chapters: { note: PlacedNote; headings: readonly RenderedHeading[] }[] = [];
  for (const [at, note] of notes.placed.entries()) {
    signal.throwIfAborted();
    const progress = at / notes.placed.length;
    for (const id of shownMedia(note.note.body)) {
      if (media.has(id)) continue;
      const asset = await content.loadAttachment(id, signal);
      const ending = asset === null ? undefined : coreTypes.get(asset.mediaType);
      if (asset === null || ending === undefined) continue;
      const href = `media/m${media.size + 1}.${ending}`;
      media.set(id, href);
      const item = `m${media.size}`;
      items.push({ id: item, href, mediaType: asset.mediaType, properties: [], isPage: false });
      yield part(`EPUB/${href}`, asset.bytes, !isPacked.test(asset.mediaType), progress);
    }
    const { html, headings } = notePage(note, notes, media);
    chapters.push({ note, headings });
    items.push({
      id: note.id,
      href: pageName(note.id),
      mediaType: 'application/xhtml+xml',
      properties: html.includes('<math') ? ['mathml'] : [],
      isPage: true,
    });
    yield text(pageName(note.id), html, progress);
  }
  if (content.subject !== 'note') {
    const href = 'title.xhtml';
    items.unshift({ id: 'title', href, mediaType: 'application/xhtml+xml', properties: [], isPage: true });
    yield text(href, titlePage(content, title), 1);
  }
  yield text('nav.xhtml', navigation(content, chapters), 1);
  yield text('style.css', epubStyle, 1);
  const types = items.map((item) => item.mediaType);
  yield text('package.opf', epubPackage(content, title, items, factsOf(content, types), modifiedAt), 1);
}

/**
 * A note or a carnet as an EPUB 3. Sounds, films and pictures that every reading system knows are in it; other files are named. The same content gives the same
 * bytes.
 * @see https://www.w3.org/TR/epub-33/
 */
export function writeEpub(content: BookContent, signal: AbortSignal): Archive {
  return {
    fileName: `${bookFileName(content)}.epub`,
    mediaType: 'application/epub+zip',
    parts: partsOf(content, signal),
  };
}
