// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { forEachNode } from '#shared/document/extractText.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { type BookContent, nothingAbsent } from '#server/export/BookContent.ts';
import type { SiteStyle } from '#server/export/site/SiteStyle.ts';
import { writeSite } from '#server/export/site/writeSite.ts';
import { sampleCarnet } from '../../../integration/export/sampleCarnet.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { followAddresses } from '../../../support/followAddresses.ts';
import { wholeBook } from '../../../support/wholeBook.ts';

const style: SiteStyle = {
  css: '@font-face{font-family:a;src:url(a.woff2)}',
  files: new Map([['a.woff2', new Uint8Array([1, 2])]]),
};

interface Site {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly pages: ReadonlyMap<string, Document>;
}

async function write(content: BookContent): Promise<Site> {
  const { signal } = new AbortController();
  const files = new Map<string, Uint8Array>();
  for await (const { path, bytes } of writeSite(content, style, signal).parts) {
    expect(files.has(path), path).toBe(false);
    files.set(path, bytes);
  }
  const pages = new Map(
    [...files]
      .filter(([name]) => name.endsWith('.html'))
      .map(([name, bytes]) => [
        name,
        new DOMParser().parseFromString(Buffer.from(bytes).toString(), 'text/html'),
      ]),
  );
  return { files, pages };
}

const texts = (page: Document | undefined, selector: string): (string | null)[] =>
  [...(page?.querySelectorAll(selector) ?? [])].map((one) => one.textContent);

describe.each([
  ['everything that a note can hold', wholeBook],
  ['thirty notes with pictures, tables and links', sampleCarnet(30)],
])('a site of %s', (_, content) => {
  test('has a page for each note, and each of its addresses leads somewhere', async () => {
    const { files, pages } = await write(content);
    expect(pages.size).toBe(content.notes.length + 1);
    const { lost, followed } = followAddresses(pages, files);
    expect(lost).toEqual([]);
    expect(followed).toBeGreaterThan(content.notes.length * 4);
    // Each picture is there, in the page that shows it.
    const wanted = content.notes.reduce((sum, { body }) => {
      forEachNode(body, (node) => {
        if (node.type === 'image' && node.attrs?.['attachmentId'] != null) sum += 1;
      });
      return sum;
    }, 0);
    const shown = [...pages.values()].reduce((sum, page) => sum + page.querySelectorAll('img').length, 0);
    expect(wanted).toBeGreaterThan(0);
    expect(shown).toBe(wanted);
  });

  test('runs nothing, and asks nothing of the network', async () => {
    const { pages } = await write(content);
    for (const [name, page] of pages) {
      expect(page.querySelectorAll('script, iframe, object, embed, base'), name).toHaveLength(0);
      const asked = [...page.querySelectorAll('[src], [poster], link[href]')].flatMap((one) => [
        one.getAttribute('src'),
        one.getAttribute('poster'),
        one.localName === 'link' ? one.getAttribute('href') : null,
      ]);
      expect(
        asked.filter((address) => address !== null && /^[a-z]+:|^\/\//.test(address)),
        name,
      ).toEqual([]);
      expect(page.documentElement.outerHTML, name).not.toMatch(/ on[a-z]+=/);
    }
  });

  test('is turned page by page from the first to the last', async () => {
    const { pages } = await write(content);
    const seen: string[] = [];
    for (let at: string | null = 'index.html'; at !== null && seen.length <= pages.size;) {
      seen.push(at);
      at = pages.get(at)?.querySelector('a[rel=next]')?.getAttribute('href') ?? null;
    }
    expect(seen).toHaveLength(pages.size);
    expect(texts(pages.get('index.html'), '.public-entries li > a')).toHaveLength(content.notes.length);
  });

  test('is the same twice', async () => {
    const [first, second] = [await write(content), await write(content)];
    expect([...second.files]).toEqual([...first.files]);
  });
});

test('titles are written as text, and name the files in letters that every disk has', async () => {
  const { pages } = await write(
    bookContent({
      subject: 'carnet',
      title: '<b>Été</b>',
      notes: [
        bookNote({ id: 'a', title: 'L’œuvre & <i>l’été</i> à la mer', body: build.body() }),
        bookNote({ id: 'b', title: '日本', body: build.body() }),
        bookNote({ id: 'c', title: '', language: 'en', body: build.body() }),
      ],
    }),
  );
  expect([...pages.keys()].toSorted()).toEqual([
    '01-l-oeuvre-i-l-ete-i-a-la-mer.html',
    '02.html',
    '03-sans-titre.html',
    'index.html',
  ]);
  expect(texts(pages.get('index.html'), 'h1')).toEqual(['<b>Été</b>']);
  expect(texts(pages.get('01-l-oeuvre-i-l-ete-i-a-la-mer.html'), 'h1')).toEqual([
    'L’œuvre & <i>l’été</i> à la mer',
  ]);
  expect(pages.get('03-sans-titre.html')?.documentElement.lang).toBe('en');
  // The words around the text stay in the language of the site.
  expect(pages.get('03-sans-titre.html')?.querySelector('nav')?.lang).toBe('fr');
});

test('notes stand under the parts of the carnet, and what is reserved is counted and not named', async () => {
  const { files, pages } = await write(
    bookContent({
      subject: 'carnet',
      title: 'Carnet',
      parts: ['Ville', 'Champs'],
      absent: { ...nothingAbsent, withheld: 2 },
      outside: () => null,
      notes: [
        bookNote({ id: 'a', title: 'Blé', part: 'Champs', body: build.body() }),
        bookNote({ id: 'b', title: 'Rue', part: 'Ville', body: build.body() }),
        bookNote({
          id: 'c',
          title: 'Reste',
          body: build.body(
            build.paragraph({ type: 'noteLink', attrs: { noteId: 'secret' as NoteId, text: null } }),
          ),
        }),
      ],
    }),
  );
  const home = pages.get('index.html');
  expect(texts(home, '.public-entries > h2')).toEqual(['Ville', 'Champs', 'Autres notes']);
  expect(texts(home, '.public-entries li > a')).toEqual(['Rue', 'Blé', 'Reste']);
  expect(home?.body.textContent).toMatch(/2\snotes de ce carnet sont réservées/);
  for (const bytes of files.values()) expect(Buffer.from(bytes).toString()).not.toContain('secret');
});

test('a note alone is the page that is opened', async () => {
  const { pages } = await write(
    bookContent({
      subject: 'note',
      title: 'Seule',
      notes: [
        bookNote({
          id: 'a',
          title: 'Seule',
          body: build.body(build.heading(1, 'Un'), build.paragraph('x', build.footnote('Bas.'))),
        }),
      ],
    }),
  );
  expect([...pages.keys()]).toEqual(['index.html']);
  expect(pages.get('index.html')?.querySelector('nav')).toBeNull();
  expect(pages.get('index.html')?.title).toBe('Seule');
});
