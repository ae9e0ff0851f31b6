import type { PDFDocument } from 'pdf-lib';
import { AppError } from '#shared/api/errorCodes.ts';
import type { BookOptions } from '#shared/api/exports.ts';
import type { BookAsset, BookContent } from '../BookContent.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import type { PdfPrinter, PrintSession } from '../PdfPrinter.ts';
import { bookFontRules, readBookFont } from './bookFonts.ts';
import { type BookWords, bookWords } from './bookWords.ts';
import { bookAttachments, buildBook } from './buildBook.ts';
import { type Destination, readDestinations, samePages } from './contentsNumbers.ts';
import { finishPdf } from './finishPdf.ts';
import { pageGeometry } from './pageFormat.ts';
import { fitTables, preparePictures, removeIdleHyphens, writePageNumbers } from './pageScripts.ts';

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

interface Numbered {
  readonly document: PDFDocument;
  readonly passes: number;
  readonly destinations: ReadonlyMap<string, Destination>;
}

/** Writing the numbers may move a target when a line breaks elsewhere; more passes than this would not help. */
const mostPasses = 6;
const attachmentPath = '/attachments/';

async function gather(
  content: BookContent,
  signal: AbortSignal,
  onProgress: PrintProgress,
): Promise<Map<string, BookAsset>> {
  const assets = new Map<string, BookAsset>();
  const ids = bookAttachments(content);
  for (const [at, id] of ids.entries()) {
    signal.throwIfAborted();
    onProgress('gathering', 0.05 + (0.2 * at) / ids.length);
    const asset = await content.loadAttachment(id, signal);
    if (asset && /^image\/(jpeg|png|gif|webp|avif)$/.test(asset.mediaType))
      assets.set(`${attachmentPath}${id}`, asset);
  }
  return assets;
}

async function printNumbered(
  session: PrintSession,
  words: BookWords,
  signal: AbortSignal,
  onProgress: PrintProgress,
): Promise<Numbered> {
  let { destinations } = await readDestinations(await session.print());
  for (let passes = 2; passes <= mostPasses; passes += 1) {
    signal.throwIfAborted();
    onProgress('numbering', 0.5 + 0.1 * Math.min(4, passes));
    const numbers = Object.fromEntries([...destinations].map(([name, { page }]) => [name, page]));
    const written = (await session.evaluate(writePageNumbers(numbers, words))) as Record<string, number>;
    // Not before the numbers are there: they move the ends of lines.
    if (passes === 2) await session.evaluate(removeIdleHyphens);
    const now = await readDestinations(await session.print());
    if (samePages(now.destinations, written))
      return { document: now.document, passes, destinations: now.destinations };
    destinations = now.destinations;
  }
  throw new AppError('export_failed', 'the page numbers did not settle');
}

/**
 * Prints a book as PDF: once to learn on which pages things stand, again with those numbers wherever they are shown, and once more if writing them moved anything; then
 * gives it its properties. The same content with the same options gives the same bytes.
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
  const assets = await gather(content, signal, onProgress);
  const book = buildBook(content, {
    ...options,
    fontRules: await bookFontRules(options.theme),
    attachmentUrl: (id) => {
      const path = `${attachmentPath}${id}`;
      return assets.has(path) ? encodeURI(path) : null;
    },
  });
  onProgress('laying_out', 0.3);
  const page = pageGeometry(options.format, options.variant);
  const session = await printer.open(
    book.html,
    async (path) => assets.get(path) ?? (await readBookFont(path)),
    signal,
  );
  try {
    const weights = Object.fromEntries([...assets].map(([path, asset]) => [path, asset.bytes.length]));
    await session.evaluate(preparePictures(page, weights));
    await session.evaluate(fitTables);
    signal.throwIfAborted();
    onProgress('numbering', 0.5);
    const labels = bookLabels(content.language);
    const printed = await printNumbered(session, bookWords(labels.language), signal, onProgress);
    onProgress('finishing', 0.95);
    const { document, destinations, passes } = printed;
    const bytes = await finishPdf(
      document,
      {
        title: content.title.trim() || labels.untitled,
        authors: content.authors,
        subject: content.description.trim() || joinNames(content.authors, labels),
        keywords: [],
        language: content.language,
        date: content.date,
        headings: book.headings,
        digest: book.digest,
        openings: new Set(book.openings.flatMap((id) => destinations.get(id)?.page ?? [])),
      },
      page,
    );
    return { bytes, pages: document.getPageCount(), passes };
  } finally {
    await session.close();
  }
}
