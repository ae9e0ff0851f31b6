import type { BookOptions } from '#shared/api/exports.ts';
import type { BookContent } from '../BookContent.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import type { PdfPrinter } from '../PdfPrinter.ts';
import { bindBook } from './bindBook.ts';
import { bookFontRules, readBookFont } from './bookFonts.ts';
import { bookWords } from './bookWords.ts';
import { buildBook } from './buildBook.ts';
import { divideBook } from './divideBook.ts';
import { pageGeometry } from './pageFormat.ts';
import { attachmentPath, PictureDesk } from './PictureDesk.ts';
import { printParts } from './printParts.ts';

/** What printing is at, and how far, from 0 to 1. */
export type PrintProgress = (
  step: 'gathering' | 'laying_out' | 'numbering' | 'finishing',
  progress: number,
) => void;

export interface PrintedBook {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** How often the book was printed until its numbers were true: two as a rule. */
  readonly passes: number;
}

/**
 * Prints a book as PDF, in parts of about sixty pages, so that its memory does not grow with it: once to learn on which pages things stand, again with those numbers
 * wherever they are shown, and once more if writing them moved anything; then binds the parts into one. The same content with the same options gives the same bytes.
 * @param signal - ends the work; nothing is left open.
 * @throws AppError `export_unavailable` when the printer cannot be started, `export_failed` when it does not manage.
 */
export async function printBook(
  content: BookContent,
  options: BookOptions,
  printer: PdfPrinter,
  signal: AbortSignal,
  onProgress: PrintProgress = () => undefined,
): Promise<PrintedBook> {
  onProgress('gathering', 0.02);
  const page = pageGeometry(options.format, options.variant);
  // Open until the end: what prints may be one process for all that is open.
  const desk = new PictureDesk(printer, signal);
  try {
    await desk.open();
    const pictures = await desk.gather(content, page, signal, (done) =>
      onProgress('gathering', 0.05 + 0.2 * done),
    );
    const book = buildBook(content, {
      ...options,
      fontRules: await bookFontRules(options.theme),
      attachmentUrl: (id) => {
        const path = `${attachmentPath}${id}`;
        return pictures.has(path) ? encodeURI(path) : null;
      },
    });
    onProgress('laying_out', 0.3);
    const labels = bookLabels(content.language);
    const words = bookWords(labels.language);
    const { parts, pages, passes } = await printParts(
      book,
      divideBook(book, page),
      printer,
      async (path) => pictures.get(path) ?? (await readBookFont(path)),
      words,
      signal,
      (pass, done) =>
        pass === 1
          ? onProgress('laying_out', 0.3 + 0.25 * done)
          : onProgress('numbering', 0.55 + 0.1 * Math.min(3, pass - 2 + done)),
    );
    onProgress('finishing', 0.9);
    const bytes = await bindBook(
      parts,
      {
        title: content.title.trim() || labels.untitled,
        authors: content.authors,
        subject: content.description.trim() || joinNames(content.authors, labels),
        language: content.language,
        date: content.date,
        headings: book.headings,
        digest: book.digest,
        placeWords: (id) => (pages.has(id) ? words.page(String(pages.get(id))) : null),
        openings: new Set(book.openings.flatMap((id) => pages.get(id) ?? [])),
      },
      page,
      signal,
    );
    return { bytes, pages: parts.reduce((sum, part) => sum + part.pages, 0), passes };
  } finally {
    await desk.close();
  }
}
