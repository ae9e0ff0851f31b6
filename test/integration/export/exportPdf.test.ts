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
import { buildBook } from '#server/export/buildBook.ts';
import { ChromiumPdfPrinter } from '#server/export/ChromiumPdfPrinter.ts';
import { readDestinations } from '#server/export/contentsNumbers.ts';
import { ExportJobs } from '#server/export/ExportJobs.ts';
import { printBook } from '#server/export/printBook.ts';
import { newSecret } from '#server/secrets.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { bookNote } from '../../support/bookNote.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { PdfFile, readLinks, readOutline, structureSize } from './pdfTools.ts';
import { sampleCarnet } from './sampleCarnet.ts';

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium: run npm test, which installs one');
const printer = new ChromiumPdfPrinter({ executablePath });
const person = 'person' as PersonId;

function opened(file: PdfFile | undefined): PdfFile {
  if (!file) throw new Error('nothing was printed');
  return file;
}

function jobsFor(content: BookContent): ExportJobs {
  return new ExportJobs({
    printer,
    loadBook: () => Promise.resolve(content),
    loadPerson: () => Promise.reject(new Error('not a book')),
    folder: path.join(tmpdir(), `calepin-exports-${newSecret()}`),
    newId: () => 'export' as ExportId,
  });
}

describe('a carnet of thirty notes with pictures and tables', () => {
  const content = sampleCarnet(30);
  const jobs = jobsFor(content);
  let file: PdfFile | undefined;
  let bytes: Uint8Array;
  let document: PDFDocument;
  let pages: string[];

  beforeAll(async () => {
    const { id } = jobs.start(
      { subject: 'carnet', subjectId: 'carnet' as CarnetId, to: 'pdf', format: 'a5' },
      person,
    );
    await retryUntil(
      'the export to be done',
      () => {
        const status = jobs.status(id, person);
        if (status?.step === 'failed') throw new Error(status.errorCode ?? 'failed');
        return status?.step === 'done';
      },
      110_000,
    );
    bytes = (jobs.file(id, person)?.open() as Uint8Array | undefined) ?? new Uint8Array();
    file = new PdfFile(bytes);
    document = await PDFDocument.load(bytes, { updateMetadata: false });
    pages = file.pages();
  }, 120_000);

  afterAll(async () => {
    file?.close();
    await jobs.close();
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
    expect(structureSize(document)).toBeGreaterThan(0);
  });

  it('shows in its contents the page on which each title really stands', async () => {
    const { contents } = buildBook(content, { format: 'a5', fontRules: '', attachmentUrl: (id) => `/${id}` });
    const { destinations } = await readDestinations(bytes);
    const real = contents.map((id) => destinations.get(id)?.page);
    expect(real.length).toBe(30 * 4);

    const firstNote = destinations.get('n1')?.page ?? 0;
    const shown = pages
      .slice(1, firstNote - 1)
      .flatMap((page) => page.split('\n'))
      .filter((line) => !/^\s*\d+ \/ \d+\s*$/.test(line))
      .flatMap((line) => /\s(\d+)\s*$/.exec(line)?.[1] ?? [])
      .map(Number);
    expect(shown).toEqual(real);

    const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
    for (const [at, note] of content.notes.entries()) {
      const page = destinations.get(`n${at + 1}`)?.page ?? 0;
      expect(words(pages[page - 1] ?? '')).toContain(words(note.title));
    }
  });

  it('numbers its pages and puts the title of the note at the head of its own pages', async () => {
    const { destinations } = await readDestinations(bytes);
    const start = destinations.get('n2')?.page ?? 0;
    const right = start % 2 === 0 ? start + 1 : start;
    expect(
      pages[right - 1]
        ?.split('\n')
        .find((line) => line.trim())
        ?.trim(),
    ).toMatch(/^La cuisine/);
    expect(pages[right - 1]).toMatch(new RegExp(`\\n\\s*${right} / ${pages.length}\\s*$`));
    expect(pages[0]).not.toContain(` / ${pages.length}`);
  });

  it('has links that all lead somewhere', async () => {
    const { destinations } = await readDestinations(bytes);
    const { inside, outside } = readLinks(document);
    expect(inside.length).toBeGreaterThan(300);
    expect(inside.filter((name) => !destinations.has(name))).toEqual([]);
    expect(outside).toEqual([]);
    for (let at = 1; at <= 30; at += 1) expect(inside).toContain(`n${at}`);
  });

  it('has an outline of the carnet, its notes and their headings, with whole titles', () => {
    const expected = [
      { title: content.title, level: 1 },
      { title: 'Table des matières', level: 2 },
      ...content.notes.flatMap((note) => [
        { title: note.title, level: 2 },
        ...extractHeadings(note.body).map(({ text, level }) => ({ title: text, level: level + 2 })),
      ]),
    ];
    const plain = (title: string): string => title.replaceAll('\u00a0', ' ');
    expect(readOutline(document).map((one) => ({ ...one, title: plain(one.title) }))).toEqual(
      expected.map((one) => ({ ...one, title: plain(one.title) })),
    );
  });

  it('repeats the header row of a table that goes over several pages', () => {
    expect(pages.filter((page) => page.includes('Remarques')).length).toBeGreaterThan(40);
  });

  it('stores its pictures as JPEG, and few soft hyphens beside those that break a line', () => {
    expect(opened(file).pictureKinds()).toEqual(Array.from({ length: 30 }, () => 'jpeg'));
    const text = pages.join('\n');
    const hyphens = text.split('\u00ad').length - 1;
    expect(hyphens).toBeGreaterThan(50);
    expect(hyphens).toBeLessThan(text.split('\n').length / 2);
    expect(bytes.length).toBeLessThan(8_000_000);
  });
});

describe('a note alone', () => {
  it('is set with its title and no cover, in English, on letter paper', async () => {
    const content: BookContent = {
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
      outsideTitle: () => null,
      loadAttachment: () => Promise.resolve(null),
    };
    const printed = await printBook(content, 'letter', printer, new AbortController().signal);
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
      { subject: 'carnet', subjectId: 'carnet' as CarnetId, to: 'pdf', format: 'a4' },
      person,
    );
    await retryUntil('the layout to begin', () => jobs.status(id, person)?.step === 'laying_out', 30_000);
    expect(jobs.cancel(id, person)).toBe(true);
    expect(jobs.status(id, person)).toMatchObject({ step: 'cancelled', errorCode: 'export_cancelled' });
    expect(jobs.file(id, person)).toBe(null);
    await jobs.close();
  }, 60_000);
});
