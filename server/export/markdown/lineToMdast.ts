import type { PhrasingContent } from 'mdast';
import { attributeChoice, attributeText } from '#shared/document/bodyAccess.ts';
import { htmlAttributes } from '#shared/document/escapeHtml.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { safeHref } from '#shared/document/safeHref.ts';
import { languagePattern } from '#shared/document/vocabulary.ts';
import type { MarkdownWriter } from './MarkdownWriter.ts';

/** Outermost first; others are not written. */
const order = [
  'link',
  'termLink',
  'language',
  'highlight',
  'bold',
  'italic',
  'strike',
  'underline',
  'superscript',
  'subscript',
];
const html = (value: string): PhrasingContent => ({ type: 'html', value });
const text = (value: string): PhrasingContent => ({ type: 'text', value });

interface Piece {
  readonly node: BodyNode;
  /** In the order of `order`. */
  readonly marks: readonly BodyMark[];
}

/** Where a line stands. */
export interface LinePlace {
  /** A cell holds one line of Markdown. */
  readonly inCell?: boolean;
  readonly inFootnote?: boolean;
  /** A link holds no other. */
  readonly inLink?: boolean;
}

function addressOf(mark: BodyMark, writer: MarkdownWriter): string | null {
  if (mark.type === 'link') {
    const href = safeHref(mark.attrs?.['href']);
    return href === '#' ? null : href;
  }
  const term = attributeText(mark, 'termId');
  return term === null ? null : writer.options.noteHref(term);
}

const startsAndEndsWithLetters = /^[\p{L}\p{N}](.*[\p{L}\p{N}])?$/su;

/** @param words - the text that is marked. */
function wrap(
  mark: BodyMark,
  words: string,
  inside: (place?: LinePlace) => PhrasingContent[],
  place: LinePlace,
  writer: MarkdownWriter,
): PhrasingContent[] {
  const tagged = (name: string, attributes: Readonly<Record<string, string>> = {}): PhrasingContent[] => [
    html(`<${name}${htmlAttributes(attributes)}>`),
    ...inside(),
    html(`</${name}>`),
  ];
  switch (mark.type) {
    case 'link':
    case 'termLink': {
      const url = place.inLink === true ? null : addressOf(mark, writer);
      if (url === null) return inside();
      const children = inside({ ...place, inLink: true });
      return [{ type: 'link', url, children: children as never }];
    }
    case 'bold':
      return [{ type: 'strong', children: inside() }];
    case 'italic':
      return [{ type: 'emphasis', children: inside() }];
    case 'strike':
      // At the edge of `~~`, a sign makes references of the letters around it, beside which a `_` is not escaped (mdast-util-to-markdown 2.1).
      return startsAndEndsWithLetters.test(words) ? [{ type: 'delete', children: inside() }] : tagged('del');
    case 'underline':
      return tagged('u');
    case 'superscript':
      return tagged('sup');
    case 'subscript':
      return tagged('sub');
    case 'highlight':
      writer.lose('colours');
      return tagged('mark');
    case 'language': {
      const lang = attributeText(mark, 'lang');
      return lang !== null && languagePattern.test(lang) ? tagged('span', { lang }) : inside();
    }
    default:
      return inside();
  }
}

function noteLink(node: BodyNode, place: LinePlace, writer: MarkdownWriter): PhrasingContent {
  const { labels, options } = writer;
  const id = attributeText(node, 'noteId');
  const title = id === null ? null : options.noteTitle(id);
  const words = attributeText(node, 'text') ?? (title === '' ? labels.untitled : title);
  if (words === null) {
    writer.lose('hiddenLinks');
    return text(labels.hiddenNote);
  }
  const url = id === null || title === null || place.inLink === true ? null : options.noteHref(id);
  return url === null ? text(words) : { type: 'link', url, children: [{ type: 'text', value: words }] };
}

function crossReference(node: BodyNode, place: LinePlace, writer: MarkdownWriter): PhrasingContent {
  const target = writer.target(attributeText(node, 'label'));
  if (target === null) return text(writer.labels.missingReference);
  const { reference, href } = target;
  const isTitle = attributeChoice(node, 'form', ['number', 'title', 'page']) === 'title';
  const words = isTitle && reference.title !== '' ? reference.title : writer.labels.reference(reference);
  if (place.inLink === true) return text(words);
  return { type: 'link', url: href, children: [{ type: 'text', value: words }] };
}

function leaf(node: BodyNode, place: LinePlace, writer: MarkdownWriter): PhrasingContent[] {
  switch (node.type) {
    case 'text': {
      const value = node.text ?? '';
      const isCode = (node.marks ?? []).some((mark) => mark.type === 'code');
      return [isCode ? { type: 'inlineCode', value } : text(value)];
    }
    case 'hardBreak':
      return [place.inCell === true ? html('<br>') : { type: 'break' }];
    case 'mathInline': {
      const value = attributeText(node, 'latex');
      return value === null ? [] : [{ type: 'inlineMath', value }];
    }
    case 'noteLink':
      return [noteLink(node, place, writer)];
    case 'mention':
      return [text(`@${attributeText(node, 'name') ?? ''}`)];
    case 'crossReference':
      return [crossReference(node, place, writer)];
    case 'footnote':
      // A note within a note has no form of its own.
      return place.inFootnote === true
        ? [text(` (${extractText(node, { noteTitle: writer.options.noteTitle })})`)]
        : [writer.footnote(node)];
    default:
      return lineToMdast(node.content, writer, place);
  }
}

function nest(pieces: readonly Piece[], place: LinePlace, writer: MarkdownWriter): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  let at = 0;
  while (at < pieces.length) {
    const piece = pieces[at] as Piece;
    const [outer] = piece.marks;
    if (outer === undefined) {
      out.push(...leaf(piece.node, place, writer));
      at += 1;
      continue;
    }
    const key = JSON.stringify(outer);
    const from = at;
    while (at < pieces.length && JSON.stringify(pieces[at]?.marks[0]) === key) at += 1;
    const group = pieces.slice(from, at).map(({ node, marks }) => ({ node, marks: marks.slice(1) }));
    const words = group.map(({ node }) => node.text ?? ' ').join('');
    out.push(...wrap(outer, words, (inner = place) => nest(group, inner, writer), place, writer));
  }
  return out;
}

/** A line of text with its marks, as if nothing had been suggested in it. */
export function lineToMdast(
  nodes: readonly BodyNode[] | undefined,
  writer: MarkdownWriter,
  place: LinePlace = {},
): PhrasingContent[] {
  const pieces = (nodes ?? [])
    .filter((node) => !(node.marks ?? []).some((mark) => mark.type === 'suggestionInsert'))
    .map((node) => ({
      node,
      marks: (node.marks ?? [])
        .filter((mark) => order.includes(mark.type))
        .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type)),
    }));
  // At the end of a line Markdown has none: its sign would be read.
  while (pieces.at(-1)?.node.type === 'hardBreak') pieces.pop();
  return nest(pieces, place, writer);
}
