import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { extractHeadings } from '#shared/document/extractText.ts';
import type { CarnetId, ExportId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { arrangeBook } from '#server/export/book/arrangeBook.ts';
import { buildBook } from '#server/export/book/buildBook.ts';
import { ChromiumPdfPrinter } from '#server/export/ChromiumPdfPrinter.ts';
import type { PdfPrinter, PrintSession } from '#server/export/PdfPrinter.ts';
import { divideBook } from '#server/export/book/divideBook.ts';
import { type Destination, readDestinations } from '#server/export/book/contentsNumbers.ts';
import { pageGeometry } from '#server/export/book/pageFormat.ts';
import { ExportJobs } from '#server/export/ExportJobs.ts';
import { printBook } from '#server/export/book/printBook.ts';
import { newSecret } from '#server/secrets.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { bookContent, bookOptions } from '../../support/bookContent.ts';
import { bookNote } from '../../support/bookNote.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { PdfFile, outsideOf, overlapsOf, qpdfFaults, readLinks, readOutline } from './pdfTools.ts';
import { outsideIds, sampleCarnet } from './sampleCarnet.ts';
import { pagesText, shownLists } from './shownPages.ts';
import { faultsOf, readTags, walkTags } from './structure.ts';

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium: run npm test, which installs one');
const printer = new ChromiumPdfPrinter({ executablePath });
const person = 'person' as PersonId;
const shownPicture = (id: string): string | null => (id.startsWith('image-') ? `/${id}` : null);
const plain = (title: string): string => title.replaceAll('\u00a0', ' ');

function opened(file: PdfFile | undefined): PdfFile {
  if (!file) throw new Error('nothing was printed');
  return file;
}

/** Counts what is open at once. */
class CountedPrinter implements PdfPrinter {
  #open = 0;
  most = 0;

  async open(...asked: Parameters<PdfPrinter['open']>): Promise<PrintSession> {
    const session = await printer.open(...asked);
    this.#open += 1;
    this.most = Math.max(this.most, this.#open);
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (isOpen) this.#open -= 1;
      isOpen = false;
      await session.close();
    };
    return { print: () => session.print(), evaluate: (expression) => session.evaluate(expression), close };
  }
}

function jobsFor(content: BookContent, printing: PdfPrinter = printer): ExportJobs {
  return new ExportJobs({
    printer: printing,
    loadBook: () => Promise.resolve(content),
    loadArchive: () => Promise.reject(new Error('not a book')),
    loadPerson: () => Promise.reject(new Error('not a book')),
    loadSiteStyle: () => Promise.reject(new Error('not a site')),
    folder: path.join(tmpdir(), `calepin-exports-${newSecret()}`),
    newId: () => 'export' as ExportId,
  });
}

describe('a carnet of thirty notes with pictures and tables', () => {
  const content = sampleCarnet(30);
  const counted = new CountedPrinter();
  const jobs = jobsFor(content, counted);
  const built = buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: shownPicture });
  let file: PdfFile | undefined;
  let bytes: Uint8Array;
  let document: PDFDocument;
  let places: ReadonlyMap<string, Destination>;
  let pages: string[];
  let read: string[];
  const pageOf = (id: string): number => places.get(id)?.page ?? 0;
  /** Text of the pages from one id to another, or to the end. */
  const textFrom = (id: string, to?: string): string =>
    read.slice(pageOf(id) - 1, to === undefined ? undefined : pageOf(to) - 1).join(' ');

  beforeAll(async () => {
    const { id } = jobs.start(
      { subject: 'carnet', subjectId: 'carnet' as CarnetId, to: 'pdf', ...bookOptions() },
      person,
    );
    await retryUntil(
      'the export to be done',
      () => {
        const status = jobs.status(id, person);
        if (status?.step === 'failed') throw new Error(status.errorCode ?? 'failed');
        return status?.step === 'done';
      },
      170_000,
    );
    bytes = (jobs.file(id, person)?.open() as Uint8Array | undefined) ?? new Uint8Array();
    file = new PdfFile(bytes);
    document = await PDFDocument.load(bytes, { updateMetadata: false });
    ({ destinations: places } = await readDestinations(bytes));
    pages = file.pages();
    read = file.readPages();
  }, 180_000);

  afterAll(async () => {
    file?.close();
    await jobs.close();
  });

  it('[R244] is laid out in parts, of which two are in memory, beside the pictures, and is one document', () => {
    const parts = divideBook(built, pageGeometry('a5', 'screen'));
    expect(parts.length).toBeGreaterThan(1);
    expect(counted.most).toBe(3);
    expect(qpdfFaults(opened(file).path)).toEqual([]);
    // A link from the first part into the last.
    expect(parts[0]?.html).toContain('href="#index"');
    expect(parts.at(-1)?.ids.has('index')).toBe(true);
    expect(readLinks(document).inside).toContain('index');
    expect(readLinks(document).outside.filter((address) => address.includes('.invalid'))).toEqual([]);
  });

  it('is a tagged PDF with its properties, in its language', () => {
    const info = opened(file).info();
    expect(info).toMatchObject({
      Tagged: 'yes',
      Title: 'Le carnet des voisinages',
      Author: 'Ana Silva, Marie Tremblay, Tom Roy',
      'Page size': '420 x 594.96 pts (A5)',
      Pages: String(pages.length),
    });
    expect(document.catalog.get(PDFName.of('Lang'))?.toString()).toBe('(fr)');
    expect(document.catalog.get(PDFName.of('PageMode'))?.toString()).toBe('/UseOutlines');
  });

  it('opens with its cover, its half-title, and who made it under which licence, in which state', () => {
    expect(read[0]).toMatch(
      /^Le carnet des voisinages Trente récits.*Tom Roy Les Voisinages 22 novembre 2026 $/,
    );
    expect(read[1]).toBe('Le carnet des voisinages Ana Silva, Marie Tremblay et Tom Roy ');
    const colophon = read[2] ?? '';
    for (const said of [
      'Carnet tenu par Marie Tremblay',
      'Communautés Les Voisinages',
      'CC BY-SA 4.0',
      'Silva, A., Tremblay, M. et Roy, T. (s. d.). Le carnet des voisinages. Calepin. https://carnets.exemple.org/carnets/id',
      'État du texte 22 novembre 2026',
      '2 notes de ce carnet sont réservées à d’autres personnes',
      'Composé en Source Serif, Inter et Source Code Pro',
    ])
      expect(colophon).toContain(said);
    expect(colophon.replaceAll(' ', '')).toContain(built.digest);
  });

  it('shows in its contents and its lists the page on which each thing really stands', () => {
    const real = built.contents.map(pageOf);
    // Notes with their three headings, parts, lexicon, index and links, figures, tables.
    expect(real.length).toBe(30 * 4 + 4 + 3 + 30 + 34);
    const shown = pages
      .slice(3, pageOf('n1') - 1)
      .flatMap((page) => page.trimEnd().split('\n').slice(0, -1))
      .flatMap((line) => /\s(\d+)\s*$/.exec(line)?.[1] ?? [])
      .map(Number);
    expect(shown).toEqual(real);
    for (const [at, note] of arrangeBook(content).content.notes.entries())
      expect(read[pageOf(`n${at + 1}`) - 1]).toContain(plain(note.title));
  });

  it('has a part for each category, opened by a page of its own without head or number', () => {
    const parts = ['Partie 1 Commencer', 'Partie 2 Tenir ensemble', 'Partie 3 Transmettre', 'Autres notes'];
    expect(parts.map((_, at) => read[pageOf(`part-${at + 1}`) - 1]?.trim())).toEqual(parts);
    expect(pageOf('part-1')).toBeGreaterThan(pageOf('n1'));
  });

  it('numbers its pages and shows the book on the left and the note on the right, but not where a note begins', () => {
    const ids = Array.from({ length: 30 }, (_, at) => `n${at + 1}`);
    const [first = '', second = ''] = ids.filter((id) => id === 'n2' || id === 'n3');
    for (const page of [pageOf(first), pageOf(second)]) {
      const lines = (pages[page - 1] ?? '').split('\n').filter((line) => line.trim() !== '');
      expect(lines[0]?.trim()).toMatch(/^(La cuisine|L’atelier)/);
      expect(lines.at(-1)?.trim()).toBe(String(page));
      for (const next of [page + 1, page + 2]) {
        const head = (pages[next - 1] ?? '').split('\n').find((line) => line.trim() !== '');
        const title = page === pageOf(first) ? /^La cuisine/ : /^L’atelier/;
        expect(head?.trim()).toMatch(next % 2 === 0 ? /^Le carnet des voisinages$/ : title);
      }
    }
  });

  it('prints the page behind each link to another note, and in each reference by page', () => {
    for (let at = 1; at <= 30; at += 1) {
      const text = textFrom(`n${at}`, at === 30 ? 'lexicon' : `n${at + 1}`);
      const drawn =
        built.html.split('<section class="note ').find((one) => one.includes(` id="n${at}"`)) ?? '';
      const linked = [...drawn.matchAll(/class="page-ref" data-target="(n\d+)"/g)].map(([, id]) =>
        pageOf(id ?? ''),
      );
      expect(linked.length).toBe(2);
      expect([...text.matchAll(/\(p\. (\d+)\)/g)].map(([, page]) => Number(page))).toEqual(linked);
      const table = /href="#(n\d+-ref-bilan-\d+)" data-form="page"/.exec(drawn)?.[1] ?? '';
      expect(text).toContain(`la page ${pageOf(table)} le chiffre`);
    }
  });

  it('shows the true pages of each term, author, organisation and link', () => {
    const shown = shownLists(built.html).map((list) => pagesText(list, places));
    expect(shown.length).toBe(4 + 3 + 4 + 4);
    let rest = textFrom('lexicon');
    for (const text of shown) {
      const at = rest.indexOf(text);
      expect(at, text).not.toBe(-1);
      rest = rest.slice(at + text.length);
    }
    expect(textFrom('lexicon', 'index')).toMatch(
      /Lexique accompagnement \(accompagner\) – Ce qu’une personne fait/,
    );
    expect(textFrom('index', 'links')).toMatch(
      /Auteur·trices Ana Silva, \d+.*Organisations Coopérative du Quai, /,
    );
    expect(textFrom('links')).toMatch(/1 site des bilans https:\/\/exemple\.org\/bilans\/0 p\. \d+/);
  });

  it('says of what the reader may not see that it is not accessible, and no more', () => {
    const said = [...read, built.html, JSON.stringify(opened(file).info())].join(' ');
    expect(said.split('note non accessible').length).toBeGreaterThan(20);
    for (const id of [outsideIds.private, outsideIds.privateTerm]) expect(said).not.toContain(id);
    expect(textFrom('lexicon')).not.toContain('réservée');
  });

  it('names sounds and tells where they are heard', () => {
    expect(textFrom('n1')).toContain(
      'Enregistrement sonore Entretien avec les fondatrices.mp3 https://carnets.exemple.org/notes/note-5 Entretien enregistré au printemps.',
    );
  });

  it('has links that all lead somewhere', () => {
    const { inside, outside } = readLinks(document);
    expect(inside.length).toBeGreaterThan(300);
    expect(inside.filter((name) => !places.has(name))).toEqual([]);
    expect(new Set(outside)).toEqual(
      new Set([
        'https://exemple.org/ecole',
        ...[0, 1, 2, 3].map((at) => `https://exemple.org/bilans/${at}`),
        ...[5, 12, 19, 26].map((at) => `https://carnets.exemple.org/notes/note-${at}`),
      ]),
    );
    for (let at = 1; at <= 30; at += 1) expect(inside).toContain(`n${at}`);
  });

  it('has an outline of the carnet, its parts, its notes and their headings, with whole titles', () => {
    const { content: arranged, parts } = arrangeBook(content);
    const back = [['Lexique'], ['Index', 'Auteur·trices', 'Organisations'], ['Liens cités']];
    const expected = [
      { title: content.title, level: 1 },
      ...['Table des matières', 'Figures', 'Tableaux'].map((title) => ({ title, level: 2 })),
      ...arranged.notes.flatMap((note, at) => {
        const part = parts.find(({ from }) => from === at);
        const level = at < (parts[0]?.from ?? 0) ? 2 : 3;
        return [
          ...(part ? [{ title: part.title ?? 'Autres notes', level: 2 }] : []),
          { title: note.title, level },
          ...extractHeadings(note.body).map((one) => ({ title: one.text, level: one.level + level })),
        ];
      }),
      ...back.flatMap((titles) => titles.map((title, at) => ({ title, level: at === 0 ? 2 : 3 }))),
    ];
    expect(readOutline(document).map((one) => ({ ...one, title: plain(one.title) }))).toEqual(
      expected.map((one) => ({ ...one, title: plain(one.title) })),
    );
  });

  it('[R246] is tagged throughout: headings in order, pictures, formulas and links with a text, tables with headers, nothing left out', () => {
    expect(faultsOf(document)).toEqual([]);
    const tags = [...walkTags(readTags(document))];
    const count = (type: string): number => tags.filter((tag) => tag.type === type).length;
    expect(count('Table')).toBe(34);
    expect(tags.filter((tag) => tag.alt === 'Collines dans la brume').length).toBe(30);
    expect(tags.filter((tag) => tag.alt === 'Collines au matin').length).toBe(1);
    expect(count('Lbl')).toBe(90);
    // In each seventh note.
    const formulas = tags.filter((tag) => tag.type === 'Formula').map((tag) => tag.alt);
    expect(formulas).toEqual(Array.from({ length: 5 }, () => '\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i'));
  });

  it('clips nothing and lets no words lie upon others', () => {
    expect(overlapsOf(opened(file).words())).toEqual([]);
    expect(outsideOf(opened(file).words(), pageGeometry('a5', 'screen'))).toEqual([]);
  });

  it('repeats the header row of a table that goes over several pages', () => {
    expect(pages.filter((page) => page.includes('Remarques')).length).toBeGreaterThan(40);
  });

  it('holds its fonts, pictures as JPEG, and few soft hyphens beside those that break a line', () => {
    const fonts = opened(file).fonts();
    expect(Object.keys(fonts).join(' ')).toMatch(/SourceSerif4.*/);
    expect(Object.values(fonts)).not.toContain(false);
    expect(opened(file).pictureKinds()).toEqual(Array.from({ length: 31 }, () => 'jpeg'));
    const text = pages.join('\n');
    const hyphens = text.split('\u00ad').length - 1;
    expect(hyphens).toBeGreaterThan(50);
    expect(hyphens).toBeLessThan(text.split('\n').length / 2);
    expect(bytes.length).toBeLessThan(8_000_000);
  });
});

describe('a note alone', () => {
  it('is set with its title and no cover, in English, on letter paper', async () => {
    const content = bookContent({
      id: 'id' as NoteId,
      subject: 'note',
      title: 'A short note',
      description: '',
      authors: ['Ana Silva'],
      language: 'en',
      date: Date.UTC(2026, 10, 22, 12),
      notes: [
        bookNote({
          id: 'n',
          title: 'A short note',
          language: 'en',
          body: build.body(build.paragraph('Extraordinary circumstances', build.footnote('A footnote.'))),
          authors: ['Ana Silva'],
          modifiedAt: Date.UTC(2026, 10, 21, 12),
        }),
      ],

      loadAttachment: () => Promise.resolve(null),
    });
    const printed = await printBook(
      content,
      bookOptions({ format: 'letter' }),
      printer,
      new AbortController().signal,
    );
    const file = new PdfFile(printed.bytes);
    try {
      expect(file.info()).toMatchObject({ Tagged: 'yes', Pages: '1', Title: 'A short note' });
      expect(file.info()['Page size']).toContain('letter');
      expect(file.pages()[0]).toMatch(
        /A short note[^]*Ana Silva · November 21, 2026[^]*Extraordinary[^]*A footnote/,
      );
      expect(readOutline(await PDFDocument.load(printed.bytes))).toEqual([
        { title: 'A short note', level: 1 },
      ]);
    } finally {
      file.close();
    }
  }, 60_000);
});

describe('the printed page', () => {
  it('asks nothing of the network and runs no script of its own', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html =
      `<!doctype html><title>avant</title><img src="${address}/image"><link rel="stylesheet" href="${address}/style">` +
      `<script>document.title = 'après'</script><iframe src="${address}/frame"></iframe><img src="/absent" onerror="document.title='après'">`;
    const wanted: string[] = [];
    const session = await printer.open(
      html,
      (path) => {
        wanted.push(path);
        return Promise.resolve(null);
      },
      new AbortController().signal,
    );
    try {
      expect(await session.evaluate('document.title')).toBe('avant');
      expect(asked).toEqual([]);
      expect(wanted).toContain('/absent');
    } finally {
      await session.close();
      await new Promise((done) => server.close(done));
    }
  }, 60_000);

  it('is given up when the export is cancelled', async () => {
    const jobs = jobsFor(sampleCarnet(3));
    const { id } = jobs.start(
      { subject: 'carnet', subjectId: 'carnet' as CarnetId, to: 'pdf', ...bookOptions({ format: 'a4' }) },
      person,
    );
    await retryUntil('the layout to begin', () => jobs.status(id, person)?.step === 'laying_out', 30_000);
    expect(jobs.cancel(id, person)).toBe(true);
    expect(jobs.status(id, person)).toMatchObject({ step: 'cancelled', errorCode: 'export_cancelled' });
    expect(jobs.file(id, person)).toBe(null);
    await jobs.close();
  }, 60_000);
});
