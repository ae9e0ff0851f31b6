import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  TableOfContents,
  TextRun,
} from 'docx';
import { extractAttachments } from '#shared/document/extractText.ts';
import type { PageFormat } from '#shared/api/exports.ts';
import { sheetWords } from '../../sheetWords.ts';
import { standingSentences } from '../absences.ts';
import { arrangeBook } from '../book/arrangeBook.ts';
import { bookWords } from '../book/bookWords.ts';
import { pageGeometry, textWidth } from '../book/pageFormat.ts';
import type { BookAsset, BookContent } from '../BookContent.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import { noteMeta } from '../noteMeta.ts';
import { type PlacedNote, placeNotes } from '../placeNotes.ts';
import { bodyToDocx, bullets, type DocxBlock } from './bodyToDocx.ts';
import { bulletLevels, docxStyles, numberLevels, styleIds } from './docxStyles.ts';
import { type DocxDocument, placeName } from './DocxWriter.ts';
import { writable } from './lineToRuns.ts';
import { settleDocx } from './settleDocx.ts';

const twipsOf = (mm: number): number => Math.round((mm * 1440) / 25.4);
const pixelsOf = (mm: number): number => Math.round((mm * 96) / 25.4);

/** The footnotes and lists of one document, as Word keeps them: apart from its text. */
class Gathered implements DocxDocument {
  readonly footnotes: Record<string, { readonly children: readonly Paragraph[] }> = {};
  readonly numbering = [{ reference: bullets, levels: bulletLevels }];
  #footnotes = 0;

  addFootnote(paragraph: Paragraph): number {
    this.#footnotes += 1;
    this.footnotes[this.#footnotes] = { children: [paragraph] };
    return this.#footnotes;
  }

  addNumbers(type: Parameters<DocxDocument['addNumbers']>[0], start: number): string {
    const reference = `numbers-${this.numbering.length}`;
    this.numbering.push({ reference, levels: numberLevels(type, start) });
    return reference;
  }
}

const plain = (style: string, text: string): Paragraph =>
  new Paragraph({
    style,
    children: text
      .split('\n')
      .map((line, at) => new TextRun({ text: writable(line), ...(at > 0 ? { break: 1 } : {}) })),
  });

function sheetBlocks({ note }: PlacedNote): Paragraph[] {
  const words = sheetWords(note.sheet, note.kind, bookLabels(note.language).language);
  if (words === null) return [];
  return [
    ...(words.definition === '' ? [] : [plain(styleIds.definition, words.definition)]),
    ...words.facts.map(({ label, text }) => plain(styleIds.meta, `${label} – ${text}`)),
  ];
}

/** Title, authors, description and contents. */
function frontBlocks(content: BookContent, title: string): DocxBlock[] {
  const labels = bookLabels(content.language);
  const description = content.description.trim();
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun({ text: writable(title) })] }),
    plain(
      styleIds.meta,
      [joinNames(content.authors, labels), labels.formatDate(content.date)].filter(Boolean).join(' · '),
    ),
    ...(description === '' ? [] : [plain('Normal', description)]),
    ...standingSentences(content).map((sentence) => plain(styleIds.meta, sentence)),
  ];
}

/**
 * A note or a carnet as a document of Word: its own styles, footnotes, lists, links between notes and contents, to be written on; the same content gives the same bytes. Formulas are in LaTeX, which Word makes into its own. Sounds, films and files are named.
 * @throws the signal's reason when it is aborted.
 */
export async function writeDocx(
  given: BookContent,
  format: PageFormat,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Uint8Array> {
  const { content, parts } = arrangeBook(given);
  const labels = bookLabels(content.language);
  const title = content.title.trim() || labels.untitled;
  const notes = placeNotes(content);
  const page = pageGeometry(format, 'screen');
  const assets = new Map<string, BookAsset | null>();
  const gathered = new Gathered();
  const places = new Map<string, string>(notes.placed.map(({ note, id }) => [note.id, id]));
  const references = new Map(
    notes.placed.flatMap(({ id, numbering }) =>
      [...numbering.references].map(
        ([label, reference]) => [label, { reference, place: placeName(id, label) }] as const,
      ),
    ),
  );
  const isAlone = content.subject === 'note';
  // Parts are the first level where there are any, then notes, then what is in them.
  const shift = isAlone ? 0 : parts.length > 0 ? 2 : 1;
  const blocks: (DocxBlock | TableOfContents)[] = frontBlocks(content, title);
  if (!isAlone)
    blocks.push(
      plain(styleIds.label, labels.contents),
      // Its page numbers are Word's to know: it fills them in.
      new TableOfContents(labels.contents, {
        hyperlink: true,
        headingStyleRange: `1-${shift}`,
        beginDirty: true,
      }),
    );
  for (const [at, placed] of notes.placed.entries()) {
    signal.throwIfAborted();
    onProgress(at / notes.placed.length);
    const { note, id, numbering } = placed;
    for (const attachment of extractAttachments(note.body))
      if (!assets.has(attachment)) assets.set(attachment, await content.loadAttachment(attachment, signal));
    const part = parts.find(({ from }) => from === at);
    if (part !== undefined)
      blocks.push(
        new Paragraph({
          heading: HeadingLevel.HEADING_1,
          pageBreakBefore: true,
          children: [new TextRun({ text: writable(part.title ?? bookWords(labels.language).otherNotes) })],
        }),
      );
    if (!isAlone)
      blocks.push(
        new Paragraph({
          heading: parts.length > 0 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_1,
          pageBreakBefore: part === undefined,
          children: [new Bookmark({ id, children: [new TextRun({ text: writable(placed.title) })] })],
        }),
        plain(styleIds.meta, noteMeta(note, bookLabels(note.language))),
      );
    blocks.push(
      ...sheetBlocks(placed),
      ...bodyToDocx(
        note.body,
        {
          language: note.language,
          prefix: id,
          numbering,
          headingShift: shift,
          width: pixelsOf(textWidth(page)),
          attachment: (attachment) => assets.get(attachment) ?? null,
          noteTitle: notes.titleOf,
          notePlace: (noteId) => (isAlone ? null : (places.get(noteId) ?? null)),
          outsideReference: (label) => references.get(label) ?? null,
        },
        gathered,
      ),
    );
  }
  signal.throwIfAborted();
  const document = new Document({
    title: writable(title),
    creator: writable(joinNames(content.authors, labels)),
    description: writable(content.description.trim()),
    styles: docxStyles(content.language),
    numbering: { config: gathered.numbering },
    footnotes: gathered.footnotes,
    sections: [
      {
        properties: {
          page: {
            size: { width: twipsOf(page.width), height: twipsOf(page.height) },
            margin: {
              top: twipsOf(page.top),
              bottom: twipsOf(page.bottom),
              left: twipsOf(page.side),
              right: twipsOf(page.side),
            },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT], size: 18 })],
              }),
            ],
          }),
        },
        children: blocks,
      },
    ],
  });
  return settleDocx(new Uint8Array(await Packer.toBuffer(document)), content.date);
}
