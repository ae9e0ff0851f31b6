import { AppError } from '#shared/api/errorCodes.ts';
import type { BookAsset, BookContent } from './BookContent.ts';
import { bookFontRules, readBookFont } from './bookFonts.ts';
import { bookLabels, joinNames } from './bookLabels.ts';
import { type BuiltBook, buildBook } from './buildBook.ts';
import { readDestinations, samePages } from './contentsNumbers.ts';
import { finishPdf } from './finishPdf.ts';
import type { PageFormat } from './pageFormat.ts';
import { preparePictures, removeIdleHyphens, writePageNumbers } from './pageScripts.ts';
import type { PdfPrinter, PrintSession } from './PdfPrinter.ts';

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

/** Writing the numbers may move a target when a line breaks elsewhere; more passes than this would not help. */
const mostPasses = 4;
const attachmentPath = '/attachments/';

async function gather(
  content: BookContent,
  book: BuiltBook,
  signal: AbortSignal,
  onProgress: PrintProgress,
): Promise<Map<string, BookAsset>> {
  const assets = new Map<string, BookAsset>();
  for (const [at, id] of book.attachments.entries()) {
    signal.throwIfAborted();
    onProgress('gathering', 0.05 + (0.2 * at) / book.attachments.length);
    const asset = await content.loadAttachment(id, signal);
    if (asset && /^image\/(jpeg|png|gif|webp|avif)$/.test(asset.mediaType))
      assets.set(`${attachmentPath}${id}`, asset);
  }
  return assets;
}

async function printNumbered(
  session: PrintSession,
  signal: AbortSignal,
  onProgress: PrintProgress,
): Promise<PrintedBook> {
  let pdf = await session.print();
  let { destinations } = await readDestinations(pdf);
  for (let passes = 2; passes <= mostPasses; passes += 1) {
    signal.throwIfAborted();
    onProgress('numbering', 0.5 + 0.1 * passes);
    const numbers = Object.fromEntries([...destinations].map(([name, { page }]) => [name, page]));
    await session.evaluate(writePageNumbers(numbers));
    pdf = await session.print();
    const now = await readDestinations(pdf);
    if (samePages(destinations, now.destinations)) return { bytes: pdf, pages: now.pages, passes };
    destinations = now.destinations;
  }
  throw new AppError('export_failed', 'the page numbers did not settle');
}

/**
 * Prints a book as PDF: once to learn on which pages things stand, again with those numbers in the contents, and once more
 * if writing them moved anything; then gives it its properties.
 * @param signal - ends the work; nothing is left open.
 * @throws AppError `export_unavailable` when the printer cannot be started, `export_failed` when it does not manage.
 */
export async function printBook(
  content: BookContent,
  format: PageFormat,
  printer: PdfPrinter,
  signal: AbortSignal,
  onProgress: PrintProgress = () => undefined,
): Promise<PrintedBook> {
  onProgress('gathering', 0.02);
  const book = buildBook(content, {
    format,
    fontRules: await bookFontRules(),
    attachmentUrl: (id) => `${attachmentPath}${encodeURIComponent(id)}`,
  });
  const assets = await gather(content, book, signal, onProgress);
  onProgress('laying_out', 0.3);
  const session = await printer.open(
    book.html,
    async (path) => assets.get(path) ?? (await readBookFont(path)),
    signal,
  );
  try {
    const weights = Object.fromEntries([...assets].map(([path, asset]) => [path, asset.bytes.length]));
    await session.evaluate(preparePictures(format, weights));
    signal.throwIfAborted();
    onProgress('laying_out', 0.45);
    await session.evaluate(removeIdleHyphens);
    signal.throwIfAborted();
    onProgress('numbering', 0.55);
    const printed = await printNumbered(session, signal, onProgress);
    onProgress('finishing', 0.95);
    const labels = bookLabels(content.language);
    const bytes = await finishPdf(printed.bytes, {
      title: content.title.trim() || labels.untitled,
      authors: content.authors,
      subject: content.description.trim() || joinNames(content.authors, labels),
      keywords: [],
      language: content.language,
      date: content.date,
      headings: book.headings,
    });
    return { ...printed, bytes };
  } finally {
    await session.close();
  }
}
