import type { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BookOptions, PageFormat } from '#shared/api/exports.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { ChromiumPdfPrinter } from '#server/export/ChromiumPdfPrinter.ts';
import { buildBook } from '#server/export/book/buildBook.ts';
import { type Destination, readDestinations } from '#server/export/book/contentsNumbers.ts';
import { pageGeometry } from '#server/export/book/pageFormat.ts';
import { printBook } from '#server/export/book/printBook.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { bookContent, bookOptions } from '../../support/bookContent.ts';
import { bookNote } from '../../support/bookNote.ts';
import { overlapsOf, outsideOf, PdfFile, readLinks } from './pdfTools.ts';
import { makePng } from './makePng.ts';
import { sampleCarnet } from './sampleCarnet.ts';
import { withChanges } from './sampleChanges.ts';
import { pagesText, shownLists } from './shownPages.ts';
import { faultsOf, inksOf, scalesOf } from './structure.ts';

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium: run npm test, which installs one');
const printer = new ChromiumPdfPrinter({ executablePath });

interface Printed {
  readonly bytes: Uint8Array;
  readonly file: PdfFile;
  readonly document: PDFDocument;
  readonly places: ReadonlyMap<string, Destination>;
  readonly read: readonly string[];
}

async function print(content: BookContent, options: Partial<BookOptions>): Promise<Printed & Disposable> {
  const { bytes } = await printBook(content, bookOptions(options), printer, new AbortController().signal);
  const file = new PdfFile(bytes);
  const { document, destinations } = await readDestinations(bytes);
  return {
    bytes,
    file,
    document,
    places: destinations,
    read: file.readPages(),
    [Symbol.dispose]: () => file.close(),
  };
}

const rounded = (box: { x: number; y: number; width: number; height: number }): number[] =>
  [box.x, box.y, box.width, box.height].map((length) => Math.round((length * 25.4) / 72));

describe('a book for a printing house', () => {
  it('begins its chapters, parts and back pages on the right, after blank pages that carry nothing', async () => {
    using book = await print(sampleCarnet(5), { variant: 'print', format: '6x9', numbered: true });
    const starts = [
      'half-title',
      'contents',
      'part-1',
      'part-2',
      'part-3',
      'n1',
      'n2',
      'n3',
      'n4',
      'n5',
      'lexicon',
      'index',
      'links',
    ];
    expect(starts.filter((id) => (book.places.get(id)?.page ?? 0) % 2 === 0)).toEqual([]);
    const blank = book.read.flatMap((text, at) => (text.trim() === '' ? [at + 1] : []));
    expect(blank.length).toBeGreaterThan(3);
    expect(blank.filter((page) => page % 2 === 1)).toEqual([]);
    expect(book.read[(book.places.get('n2')?.page ?? 0) - 1]).toMatch(/^\d+ 2 La cuisine/);
    expect(book.read.join(' ')).toContain('2.1.1 Ce qui a été décidé');
    expect(faultsOf(book.document)).toEqual([]);
  }, 120_000);

  it('says where the page ends: trim, bleed and marks, and its cover reaches over the edge', async () => {
    using book = await print(sampleCarnet(2), { variant: 'print', format: 'a5' });
    for (const page of book.document.getPages()) {
      expect(rounded(page.getMediaBox())).toEqual([0, 0, 168, 230]);
      expect(rounded(page.getTrimBox())).toEqual([10, 10, 148, 210]);
      expect(rounded(page.getBleedBox())).toEqual([7, 7, 154, 216]);
    }
    // Two points an inch are enough to see what is painted where.
    const { width, rows } = book.file.picture(1, 25.4);
    const shade = (x: number, y: number): number => rows[y]?.[x] ?? -1;
    expect(width).toBe(168);
    expect(rows.length).toBeGreaterThanOrEqual(230);
    expect(shade(8, 100)).toBeLessThan(250);
    expect(shade(159, 220)).toBeLessThan(250);
    expect(shade(3, 115)).toBe(255);
  }, 120_000);

  it('has no coloured link and calls links by their number in the list', async () => {
    using book = await print(sampleCarnet(2), { variant: 'print' });
    expect(book.read.join('').replaceAll(/[\s\u00ad]/g, '')).toMatch(/sitedesbilans\[1\]/);
    using screen = await print(sampleCarnet(2), { variant: 'screen' });
    expect(screen.read.join('').replaceAll(/[\s\u00ad]/g, '')).not.toMatch(/bilans\[/);
    // The carnet's own colour.
    expect([...inksOf(screen.document)]).toContain('#1c6b3f');
    expect([...inksOf(book.document)]).not.toContain('#1c6b3f');
  }, 120_000);
});

describe('a book in each theme', () => {
  const sizes: Readonly<Record<PageFormat, string>> = {
    letter: '612 x 792',
    a4: '594.96 x 841.92',
    a5: '420 x 594.96',
    '6x9': '432 x 648',
  };
  const cases = [
    ['clear', 'letter', /SourceSerif4.*/],
    ['classic', '6x9', /EBGaramond.*/],
    ['legible', 'a4', /AtkinsonHyperlegibleNext.*/],
  ] as const;
  it.each(cases)(
    '%s: its own letters, nothing clipped, nothing upon something else, no table too wide',
    async (theme, format, letters) => {
      using book = await print(withChanges(sampleCarnet(4)), { theme, format });
      expect(book.places.has('changes')).toBe(true);
      expect(book.file.info()['Page size']).toContain(sizes[format]);
      const fonts = book.file.fonts();
      expect(Object.keys(fonts).some((name) => letters.test(name))).toBe(true);
      expect(Object.values(fonts)).not.toContain(false);
      expect(overlapsOf(book.file.words())).toEqual([]);
      expect(outsideOf(book.file.words(), pageGeometry(format, 'screen'))).toEqual([]);
      expect(faultsOf(book.document)).toEqual([]);
      // Chromium shrinks a book in which anything is too wide.
      expect(scalesOf(book.document)).toEqual([3.125]);
    },
    120_000,
  );
});

describe('a book of the same content', () => {
  it('[R198] has the same bytes, and others as soon as a word is another', async () => {
    using one = await print(sampleCarnet(3), { theme: 'classic' });
    using two = await print(sampleCarnet(3), { theme: 'classic' });
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
    const changed = sampleCarnet(3);
    const notes = changed.notes.map((note, at) =>
      at === 1 ? { ...note, body: build.body(build.paragraph('Autre.')) } : note,
    );
    using three = await print({ ...changed, notes }, { theme: 'classic' });
    expect(Buffer.compare(one.bytes, three.bytes)).not.toBe(0);
  }, 120_000);
});

describe.runIf(process.env['CALEPIN_LONG'] === '1')('a carnet of three hundred notes', () => {
  it('settles: each number is that of the real page, everything is tagged, all links lead somewhere', async () => {
    const content = sampleCarnet(300);
    using book = await print(content, {});
    const pictures = (id: string): string | null => (id.startsWith('image-') ? `/${id}` : null);
    const built = buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: pictures });
    const pageOf = (id: string): number => book.places.get(id)?.page ?? 0;
    const shown = book.file
      .pages()
      .slice(3, pageOf('n1') - 1)
      .flatMap((page) => page.trimEnd().split('\n').slice(0, -1))
      .flatMap((line) => /\s(\d+)\s*$/.exec(line)?.[1] ?? [])
      .map(Number);
    expect(shown).toEqual(built.contents.map(pageOf));
    let rest = book.read.slice(pageOf('lexicon') - 1).join(' ');
    for (const text of shownLists(built.html).map((list) => pagesText(list, book.places))) {
      const at = rest.indexOf(text.split(', ').slice(0, 3).join(', '));
      expect(at, text).not.toBe(-1);
      rest = rest.slice(at + 1);
    }
    expect(readLinks(book.document).inside.filter((name) => !book.places.has(name))).toEqual([]);
    expect(faultsOf(book.document)).toEqual([]);
  }, 600_000);
});

describe('what does not fit', () => {
  it('a table of twenty columns and an endless word stay inside the text, and nothing is shrunk', async () => {
    const header = Array.from({ length: 20 }, (_, at) => `Colonne ${at + 1}`);
    const row = Array.from({ length: 20 }, (_, at) => `${at}1 234,56`);
    const body = build.body(
      build.paragraph('mot'.repeat(120)),
      build.table(header, row, row),
      build.codeBlock('text', 'x'.repeat(400)),
      build.blockquote(build.bulletList('é'.repeat(200))),
    );
    const content = bookContent({
      subject: 'carnet',
      title: 'T'.repeat(90),
      notes: [bookNote({ id: 'a', title: 'A', body })],
    });
    using book = await print(content, {});
    expect(outsideOf(book.file.words(), pageGeometry('a5', 'screen'))).toEqual([]);
    expect(scalesOf(book.document)).toEqual([3.125]);
    expect(book.read.join('').replaceAll(/[\s\u00ad]/g, '')).toContain('x'.repeat(400));
  }, 120_000);

  it.each(['clear', 'classic', 'legible'] as const)(
    'a cover with much on it gives its picture less room, and cuts no words (%s)',
    async (theme) => {
      const content = {
        ...sampleCarnet(1),
        title: 'Le carnet des voisinages et des jardins',
        description:
          'Trente récits d’organisation collective, recueillis auprès de celles et ceux qui les ont menés. '.repeat(
            2,
          ),
        communities: ['Les Voisinages', 'La Coopérative', 'Le Quai'],
        edition: withChanges(sampleCarnet(1)).edition,
      };
      const built = buildBook(content, {
        ...bookOptions({ theme }),
        fontRules: '',
        attachmentUrl: () => '/image',
      });
      const picture = { bytes: makePng(64, 40, 7), mediaType: 'image/png' };
      const session = await printer.open(built.html, async () => picture, new AbortController().signal);
      try {
        const heights =
          await session.evaluate(`['.cover-description', '.cover-text', '.cover-sheet'].map((one) => {
          const element = document.querySelector(one);
          return element.scrollHeight - element.clientHeight;
        })`);
        expect(heights).toEqual([0, 0, 0]);
        expect(
          await session.evaluate(`document.querySelector('.cover-picture img').clientHeight > 200`),
        ).toBe(true);
      } finally {
        await session.close();
      }
    },
    60_000,
  );
});
