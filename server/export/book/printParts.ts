import { AppError } from '#shared/api/errorCodes.ts';
import type { AssetSource, PdfPrinter, PrintSession } from '../PdfPrinter.ts';
import type { BookWords } from './bookWords.ts';
import type { BuiltBook } from './buildBook.ts';
import { readDestinations } from './contentsNumbers.ts';
import { type BookPart, linkTargets, partDocument } from './divideBook.ts';
import { fitTables, removeIdleHyphens, settlePage, writePageNumbers } from './pageScripts.ts';
import { type PartPlace, placePages, type PrintedPart } from './placePages.ts';

/** A part in print, with the place for which it was printed. */
export interface PartPrint extends PrintedPart, PartPlace {
  readonly bytes: Uint8Array;
}

export interface PrintedParts {
  readonly parts: readonly PartPrint[];
  /** Number of the page of each target, by id. */
  readonly pages: ReadonlyMap<string, number>;
  /** How often the book was printed, or some of it, until its numbers were true. */
  readonly passes: number;
}

/** Writing the numbers may move a target when a line breaks elsewhere; more passes than this would not help. */
const mostPasses = 6;
/** Laid out at the same time: each takes a processor and a share of the memory. */
const partsAtOnce = 2;

interface Wanted extends PartPlace {
  /** The numbers that the part shows; null before they are known. */
  readonly numbers: Readonly<Record<string, number>> | null;
}

/** Prints the parts of one book. A book of one part stays open from one print to the next. */
class PartPrinter {
  readonly #built: BuiltBook;
  readonly #parts: readonly BookPart[];
  readonly #printer: PdfPrinter;
  readonly #assets: AssetSource;
  readonly #words: BookWords;
  readonly #signal: AbortSignal;
  readonly #targets: readonly string[];
  #open: PrintSession | null = null;

  constructor(
    built: BuiltBook,
    parts: readonly BookPart[],
    printer: PdfPrinter,
    assets: AssetSource,
    words: BookWords,
    signal: AbortSignal,
  ) {
    this.#built = built;
    this.#parts = parts;
    this.#printer = printer;
    this.#assets = assets;
    this.#words = words;
    this.#signal = signal;
    this.#targets = linkTargets(built);
  }

  async print(part: BookPart, { start, blanks, numbers }: Wanted): Promise<PartPrint> {
    const session = this.#open ?? (await this.#lay(part, start));
    this.#open = this.#parts.length === 1 ? session : null;
    try {
      if (numbers !== null) {
        await session.evaluate(writePageNumbers(numbers, blanks, this.#words));
        // Not before the numbers are there: they move the ends of lines.
        await session.evaluate(removeIdleHyphens);
      }
      const bytes = await session.print();
      const { destinations, pages } = await readDestinations(bytes);
      return { bytes, destinations, pages, start, blanks, rectos: part.rectos };
    } finally {
      if (this.#open === null) await session.close();
    }
  }

  async #lay(part: BookPart, start: number): Promise<PrintSession> {
    const html = partDocument(this.#built.head, part, this.#targets, start);
    const session = await this.#printer.open(html, this.#assets, this.#signal);
    try {
      await session.evaluate(settlePage);
      await session.evaluate(fitTables);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#open?.close();
    this.#open = null;
  }
}

/** Does something with each, `partsAtOnce` at a time, in order. */
async function withEach<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  // All are waited for, so that nothing is open once one has failed.
  const ends = await Promise.allSettled(Array.from({ length: partsAtOnce }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/**
 * Prints the parts of a book: once to learn on which pages things stand, again with those numbers wherever they are shown, and once more those that this moved
 * anything in or for.
 * @param onPart - called after each print with how much is done, from 0 to 1, of what there is to do.
 * @throws AppError `export_failed` when the numbers do not settle.
 */
export async function printParts(
  built: BuiltBook,
  parts: readonly BookPart[],
  printer: PdfPrinter,
  assets: AssetSource,
  words: BookWords,
  signal: AbortSignal,
  onPart: (pass: number, done: number) => void,
): Promise<PrintedParts> {
  const prints = new PartPrinter(built, parts, printer, assets, words, signal);
  const printed: PartPrint[] = [];
  const saidOf = (wanted: Wanted): string => JSON.stringify([wanted.start, wanted.blanks, wanted.numbers]);
  const said: string[] = [];
  let wanted: Wanted[] = parts.map(() => ({ start: 1, blanks: [], numbers: null }));
  try {
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      const due = [...parts.keys()].filter((at) => said[at] !== saidOf(wanted[at] as Wanted));
      let done = 0;
      await withEach(due, async (at) => {
        signal.throwIfAborted();
        printed[at] = await prints.print(parts[at] as BookPart, wanted[at] as Wanted);
        said[at] = saidOf(wanted[at] as Wanted);
        done += 1;
        onPart(pass, done / due.length);
      });
      const { places, pages } = placePages(printed);
      wanted = parts.map(({ shows }, at) => ({
        ...(places[at] as PartPlace),
        numbers: Object.fromEntries(shows.flatMap((id) => (pages.has(id) ? [[id, pages.get(id) ?? 0]] : []))),
      }));
      if (wanted.every((one, at) => saidOf(one) === said[at])) return { parts: printed, pages, passes: pass };
    }
    throw new AppError('export_failed', 'the page numbers did not settle');
  } finally {
    await prints.close();
  }
}
