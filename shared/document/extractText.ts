import { attributeText, inlineNames, isInline } from './bodyAccess.ts';
import type { BodyNode } from './noteContent.ts';

export interface TextOptions {
  /** The current title of a linked note; null or absent where it may not be shown. */
  readonly noteTitle?: (noteId: string) => string | null;
  /** What stands for a link to a note, instead of its words or the title. @param text - the link's own words; null where it has none. */
  readonly noteLink?: (noteId: string, text: string | null) => string;
}

function inlineText(node: BodyNode, options: TextOptions, footnotes: BodyNode[]): string {
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'mathInline':
      return attributeText(node, 'latex') ?? '';
    case 'noteLink': {
      const noteId = attributeText(node, 'noteId');
      const text = attributeText(node, 'text');
      if (noteId !== null && options.noteLink !== undefined) return options.noteLink(noteId, text);
      return text ?? (noteId === null ? null : options.noteTitle?.(noteId)) ?? '';
    }
    case 'mention':
      return `@${attributeText(node, 'name') ?? ''}`;
    case 'footnote':
      footnotes.push(node);
      return '';
    default:
      return (node.content ?? []).map((child) => inlineText(child, options, footnotes)).join('');
  }
}

function collect(node: BodyNode, options: TextOptions, lines: string[]): void {
  const content = node.content ?? [];
  if (content.some(isInline) || inlineNames.has(node.type)) {
    const footnotes: BodyNode[] = [];
    lines.push(content.map((child) => inlineText(child, options, footnotes)).join(''));
    for (const footnote of footnotes) collect(footnote, options, lines);
    return;
  }
  if (node.type === 'mathBlock') lines.push(attributeText(node, 'latex') ?? '');
  if (node.type === 'image') lines.push(attributeText(node, 'alt') ?? '');
  if (node.type === 'file' || node.type === 'audio' || node.type === 'video') {
    lines.push(attributeText(node, 'name') ?? '');
  }
  if (node.type === 'tableRow') {
    lines.push(content.map((cell) => extractText(cell, options).replaceAll('\n', ' ')).join('\t'));
    return;
  }
  for (const child of content) collect(child, options, lines);
}

/**
 * The text of a body, one line a block; cells of a row are separated by tabs, footnotes follow the block that calls
 * them. Needs no schema: unknown nodes give the text they hold.
 */
export function extractText(body: BodyNode, options: TextOptions = {}): string {
  const lines: string[] = [];
  collect(body, options, lines);
  return lines
    .map((line) => line.trim())
    .filter((line) => line.length > 0)
    .join('\n');
}

const groupedFigures = /(\d)[\u00a0\u202f](?=\d{3}(?!\d))/gu;

/**
 * Counts words as people of French count them: « l’amitié », « aujourd’hui », « auteur·trice », « engagé.e.s » and
 * « 12 000 » are one word each; signs standing alone (« : » — …) are none.
 */
export function countWords(text: string): number {
  let words = 0;
  for (const part of text.replaceAll(groupedFigures, '$1').split(/[\s—–…]+/u))
    if (/[\p{L}\p{N}]/u.test(part)) words += 1;
  return words;
}

/** A heading of a body. */
export interface HeadingText {
  readonly level: number;
  readonly text: string;
  /** The block's stable id, where it has one. */
  readonly id: string | null;
  readonly label: string | null;
}

/** Calls `visit` on each node, parents first. */
export function forEachNode(node: BodyNode, visit: (node: BodyNode) => void): void {
  visit(node);
  for (const child of node.content ?? []) forEachNode(child, visit);
}

/** The headings of a body, in order. */
export function extractHeadings(body: BodyNode, options: TextOptions = {}): HeadingText[] {
  const headings: HeadingText[] = [];
  forEachNode(body, (node) => {
    if (node.type !== 'heading') return;
    const level = node.attrs?.['level'];
    headings.push({
      level: typeof level === 'number' && level >= 1 && level <= 4 ? level : 1,
      text: (node.content ?? [])
        .map((child) => inlineText(child, options, []))
        .join('')
        .trim(),
      id: attributeText(node, 'id'),
      label: attributeText(node, 'label'),
    });
  });
  return headings;
}

function collectAttributes(body: BodyNode, read: (node: BodyNode) => readonly (string | null)[]): string[] {
  const found = new Set<string>();
  forEachNode(body, (node) => {
    for (const value of read(node)) if (value !== null) found.add(value);
  });
  return [...found];
}

/** Ids of the notes that a body links to, each once, in order. */
export function extractLinks(body: BodyNode): string[] {
  return collectAttributes(body, (node) => (node.type === 'noteLink' ? [attributeText(node, 'noteId')] : []));
}

/** Ids of the terms that words of a body are linked to, each once, in order. */
export function extractTerms(body: BodyNode): string[] {
  const found = new Set<string>();
  forEachNode(body, ({ marks }) => {
    for (const { type, attrs } of marks ?? []) {
      const id = attrs?.['termId'];
      if (type === 'termLink' && typeof id === 'string') found.add(id);
    }
  });
  return [...found];
}

/** The pictures of a body that have no text for who does not see them. One whose text was left empty decorates, and lacks none. */
export function undescribedImages(body: BodyNode): BodyNode[] {
  const found: BodyNode[] = [];
  forEachNode(body, (node) => {
    if (node.type === 'image' && attributeText(node, 'alt') === null && node.attrs?.['alt'] !== '')
      found.push(node);
  });
  return found;
}

/** Ids of the attachments that a body shows, each once, in order. */
export function extractAttachments(body: BodyNode): string[] {
  return collectAttributes(body, (node) => [
    attributeText(node, 'attachmentId'),
    attributeText(node, 'posterId'),
  ]);
}

/** Ids of the persons that a body mentions, each once, in order. */
export function extractMentions(body: BodyNode): string[] {
  return collectAttributes(body, (node) =>
    node.type === 'mention' ? [attributeText(node, 'personId')] : [],
  );
}

/**
 * The beginning of a body for lists and cards: running text first, headings left out while there is any other text.
 * @param maxLength - in characters; cut after a whole word, with « … ».
 */
export function extractExcerpt(body: BodyNode, maxLength = 200, options: TextOptions = {}): string {
  const withoutHeadings: BodyNode = {
    ...body,
    content: (body.content ?? []).filter((node) => node.type !== 'heading'),
  };
  return shorten(extractText(withoutHeadings, options) || extractText(body, options), maxLength);
}

/** The first words of a text, on one line. */
export function shorten(written: string, maxLength = 200): string {
  // Not the no-break spaces of « guillemets ».
  const text = written.replaceAll(/[ \t\r\n]+/g, ' ').trim();
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  const end = cut.lastIndexOf(' ');
  return `${(end > maxLength / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:.«(–—-]+$/u, '')}…`;
}
