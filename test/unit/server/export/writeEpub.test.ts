// @vitest-environment jsdom
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { writeEpub } from '#server/export/epub/writeEpub.ts';
import { ZipWriter } from '#server/export/ZipWriter.ts';
import { findInPath } from '../../../../scripts/findChromium.mjs';
import { sampleCarnet } from '../../../integration/export/sampleCarnet.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { followAddresses } from '../../../support/followAddresses.ts';
import { wholeBook } from '../../../support/wholeBook.ts';

const { signal } = new AbortController();
const folder = mkdtempSync(path.join(tmpdir(), 'calepin-epub-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
/** Debian's is an archive that Java runs. */
const checker = findInPath('java') === null ? null : findInPath('epubcheck');

/** Writes an EPUB. @returns its path, and its files by name. */
async function write(content: BookContent): Promise<{ file: string; files: Map<string, Uint8Array> }> {
  made += 1;
  const file = path.join(folder, `${made}.epub`);
  const files = new Map<string, Uint8Array>();
  const zip = await ZipWriter.create(file);
  for await (const part of writeEpub(content, signal).parts) {
    await zip.add(part.path, part.bytes, part.changedAt, part.packs);
    files.set(part.path, part.bytes);
  }
  await zip.finish();
  return { file, files };
}

const parse = (bytes: Uint8Array | undefined): Document => {
  const read = new DOMParser().parseFromString(Buffer.from(bytes ?? []).toString(), 'application/xhtml+xml');
  expect(read.querySelector('parsererror')?.textContent ?? null).toBeNull();
  return read;
};

describe.each([
  ['everything that a note can hold', wholeBook],
  ['thirty notes with pictures, tables and links', sampleCarnet(30)],
])('an EPUB of %s', (_, content) => {
  test('begins as programs know it, and lists each of its files once', async () => {
    const { file, files } = await write(content);
    expect(readFileSync(file).subarray(30, 58).toString()).toBe('mimetypeapplication/epub+zip');
    const listed = [...parse(files.get('EPUB/package.opf')).querySelectorAll('item')].map(
      (item) => `EPUB/${decodeURIComponent(item.getAttribute('href') ?? '')}`,
    );
    const known = ['mimetype', 'META-INF/container.xml', 'EPUB/package.opf'];
    expect(listed.toSorted()).toEqual([...files.keys()].filter((name) => !known.includes(name)).toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('is well-formed, and each of its addresses leads somewhere', async () => {
    const { files } = await write(content);
    const pages = new Map(
      [...files].filter(([name]) => name.endsWith('.xhtml')).map(([name, bytes]) => [name, parse(bytes)]),
    );
    const { lost, followed } = followAddresses(pages, files);
    expect(lost).toEqual([]);
    expect(followed).toBeGreaterThan(content.notes.length * 3);
  });

  test('is read in order, with headings listed under their notes', async () => {
    const { files } = await write(content);
    const order = [...parse(files.get('EPUB/package.opf')).querySelectorAll('itemref')].map((one) =>
      one.getAttribute('idref'),
    );
    expect(order).toEqual(['title', 'nav', ...content.notes.map((__, at) => `n${at + 1}`)]);
    const top = parse(files.get('EPUB/nav.xhtml')).querySelectorAll('nav > ol > li');
    expect(top).toHaveLength(content.notes.length);
  });

  test('is the same whenever it is made', async () => {
    const [one, two] = [await write(content), await write({ ...content, date: content.date + 1e9 })];
    expect(readFileSync(one.file).equals(readFileSync(two.file))).toBe(true);
  });
});

describe.skipIf(checker === null)(
  `epubcheck${checker === null ? ' (not run: epubcheck and java are not installed)' : ''}`,
  () => {
    // Java takes its time.
    const books = process.env['CALEPIN_LONG'] === '1' ? [wholeBook, sampleCarnet(30)] : [wholeBook];
    test.each(books)(
      'finds nothing to say',
      async (content) => {
        const { file } = await write(content);
        const { status, stdout, stderr } = spawnSync('java', ['-jar', checker ?? '', file], {
          encoding: 'utf8',
        });
        expect([`${stdout}${stderr}`.match(/^(ERROR|FATAL|WARNING).*$/gm) ?? [], status]).toEqual([[], 0]);
      },
      120_000,
    );
  },
);

test('a note’s headings are lists in lists, also where a level is left out', async () => {
  const { files } = await write(wholeBook);
  const nav = parse(files.get('EPUB/nav.xhtml'));
  const words = (item: Element): unknown => {
    const below = [...item.children].find((child) => child.tagName === 'ol');
    const own = item.querySelector('a')?.textContent;
    return below === undefined ? own : [own, ...[...below.children].map(words)];
  };
  const last = nav.querySelector('nav > ol > li:last-child');
  expect(last === null ? null : words(last)).toEqual(['Liens', ['Avant', 'Au fond'], 'Après']);
});

test('a term begins with its definition, and an organisation with where it is', async () => {
  const sheet = {
    ...emptySheet,
    definition: 'Qui écrit & lit.',
    plural: ['auteurs'],
    address: 'Rue A\nRimouski',
  };
  const { files } = await write(
    bookContent({
      subject: 'carnet',
      title: 'Carnet',
      notes: [
        bookNote({ id: 'a', title: 'Auteur', kind: 'term', sheet, body: build.body() }),
        bookNote({ id: 'b', title: 'Coop', kind: 'organisation', sheet, body: build.body() }),
      ],
    }),
  );
  const sheetOf = (name: string) => parse(files.get(name)).querySelector('.note-sheet')?.textContent;
  expect(sheetOf('EPUB/n1.xhtml')).toBe('Qui écrit & lit.Plurielauteurs');
  expect(sheetOf('EPUB/n2.xhtml')).toBe('AdresseRue ARimouski');
});
