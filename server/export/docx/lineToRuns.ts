import {
  ExternalHyperlink,
  FootnoteReferenceRun,
  InternalHyperlink,
  type IRunOptions,
  Math as Formula,
  MathRun,
  type ParagraphChild,
  TextRun,
} from 'docx';
import { attributeChoice, attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { safeHref } from '#shared/document/safeHref.ts';
import { highlightColours, languagePattern } from '#shared/document/vocabulary.ts';
import type { DocxWriter } from './DocxWriter.ts';
import { grounds } from './docxStyles.ts';

/** Where a line stands. */
export interface LineStyle {
  readonly inFootnote?: boolean;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

const linked: IRunOptions = { color: '0B5B62', underline: {} };

/** XML 1.0 has no place for these. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as Word may read it. */
export function writable(text: string): string {
  return text.replaceAll(unwritable, '');
}

function runStyle(marks: readonly BodyMark[], line: LineStyle): IRunOptions {
  const has = (type: string): boolean => marks.some((mark) => mark.type === type);
  const highlight = marks.find((mark) => mark.type === 'highlight');
  const colour = highlightColours.find((name) => name === highlight?.attrs?.['color']) ?? highlightColours[0];
  const language = marks.find((mark) => mark.type === 'language');
  const tag = language === undefined ? null : attributeText(language, 'lang');
  return {
    ...(has('bold') || line.bold === true ? { bold: true } : {}),
    ...(has('italic') || line.italics === true ? { italics: true } : {}),
    ...(has('underline') ? { underline: {} } : {}),
    ...(has('strike') ? { strike: true } : {}),
    ...(has('superscript') ? { superScript: true } : has('subscript') ? { subScript: true } : {}),
    ...(has('code') ? { font: 'Consolas', noProof: true, shading: { fill: 'F1EEE9' } } : {}),
    ...(highlight === undefined ? {} : { shading: { fill: grounds[colour] } }),
    ...(tag !== null && languagePattern.test(tag) ? { language: { value: tag } } : {}),
  };
}

/** Where a mark leads to: an address, or a place of this document. */
function targetOf(
  marks: readonly BodyMark[],
  { options }: DocxWriter,
): { readonly href: string } | { readonly place: string } | null {
  for (const mark of marks) {
    if (mark.type === 'link') {
      const href = safeHref(mark.attrs?.['href']);
      if (href !== null && href !== '#') return { href };
    }
    if (mark.type === 'termLink') {
      const term = attributeText(mark, 'termId');
      const place = term === null ? null : options.notePlace(term);
      if (place !== null) return { place };
    }
  }
  return null;
}

const inside = (place: string | null, text: string, style: IRunOptions): ParagraphChild =>
  place === null
    ? new TextRun({ ...style, text: writable(text) })
    : new InternalHyperlink({
        anchor: place,
        children: [new TextRun({ ...style, ...linked, text: writable(text) })],
      });

function noteLink(node: BodyNode, writer: DocxWriter, style: IRunOptions): ParagraphChild {
  const { labels, options } = writer;
  const id = attributeText(node, 'noteId');
  const title = id === null ? null : options.noteTitle(id);
  const words = attributeText(node, 'text') ?? (title === '' ? labels.untitled : title);
  if (words === null) return new TextRun({ ...style, italics: true, text: labels.hiddenNote });
  return inside(id === null || title === null ? null : options.notePlace(id), words, style);
}

function crossReference(node: BodyNode, writer: DocxWriter, style: IRunOptions): ParagraphChild {
  const target = writer.target(attributeText(node, 'label'));
  if (target === null) return new TextRun({ ...style, italics: true, text: writer.labels.missingReference });
  const { reference, place } = target;
  const isTitle = attributeChoice(node, 'form', ['number', 'title', 'page']) === 'title';
  const words = isTitle && reference.title !== '' ? reference.title : writer.labels.reference(reference);
  return inside(place, words, style);
}

function runsOf(node: BodyNode, writer: DocxWriter, line: LineStyle): ParagraphChild[] {
  const marks = node.marks ?? [];
  const style = runStyle(marks, line);
  switch (node.type) {
    case 'text': {
      const text = writable(node.text ?? '');
      const target = targetOf(marks, writer);
      if (target === null) return [new TextRun({ ...style, text })];
      if ('place' in target) return [inside(target.place, text, style)];
      const children = [new TextRun({ ...style, ...linked, text })];
      return [new ExternalHyperlink({ link: target.href, children })];
    }
    case 'hardBreak':
      return [new TextRun({ break: 1 })];
    case 'mathInline': {
      const latex = attributeText(node, 'latex');
      return latex === null ? [] : [new Formula({ children: [new MathRun(writable(latex))] })];
    }
    case 'noteLink':
      return [noteLink(node, writer, style)];
    case 'mention':
      return [new TextRun({ ...style, text: writable(`@${attributeText(node, 'name') ?? ''}`) })];
    case 'crossReference':
      return [crossReference(node, writer, style)];
    case 'footnote':
      // A note within a note has no form of its own.
      return line.inFootnote === true
        ? [
            new TextRun({
              ...style,
              text: writable(` (${extractText(node, { noteTitle: writer.options.noteTitle })})`),
            }),
          ]
        : [new FootnoteReferenceRun(writer.footnote(node))];
    default:
      return lineToRuns(node.content, writer, line);
  }
}

/** A line of text with its marks, as if nothing had been suggested in it. */
export function lineToRuns(
  nodes: readonly BodyNode[] | undefined,
  writer: DocxWriter,
  line: LineStyle = {},
): ParagraphChild[] {
  return (nodes ?? [])
    .filter((node) => !(node.marks ?? []).some((mark) => mark.type === 'suggestionInsert'))
    .flatMap((node) => runsOf(node, writer, line));
}
