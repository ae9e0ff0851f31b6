// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type BookContent, nothingAbsent } from '#server/export/BookContent.ts';
import { writeDocx } from '#server/export/docx/writeDocx.ts';
import { makePng } from '../../../integration/export/makePng.ts';
import { sampleCarnet } from '../../../integration/export/sampleCarnet.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { readZip } from '../../../support/readZip.ts';
import { wholeBook } from '../../../support/wholeBook.ts';

interface Docx {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly text: Document;
  readonly footnotes: Document;
}

async function write(content: BookContent): Promise<Docx> {
  const bytes = await writeDocx(content, 'letter', new AbortController().signal, () => undefined);
  const files = readZip(Buffer.from(bytes));
  const parse = (name: string): Document => {
    const xml = Buffer.from(files.get(name) ?? []).toString();
    const read = new DOMParser().parseFromString(xml, 'application/xml');
    expect(read.querySelector('parsererror'), name).toBeNull();
    return read;
  };
  for (const name of files.keys()) if (/\.(xml|rels)$/.test(name)) parse(name);
  return { files, text: parse('word/document.xml'), footnotes: parse('word/footnotes.xml') };
}

const all = (of: Document | Element, name: string): Element[] => [...of.getElementsByTagName(name)];
const words = (of: Document | Element): string =>
  all(of, 'w:t')
    .map((one) => one.textContent)
    .join('');
/** Paragraphs as their style and their words. */
const paragraphs = (of: Document): [string | null, string][] =>
  all(of, 'w:p').map((one) => [all(one, 'w:pStyle')[0]?.getAttribute('w:val') ?? null, words(one)]);
const alone = (...blocks: BodyNode[]): BookContent =>
  bookContent({
    subject: 'note',
    title: 'Seule',
    notes: [bookNote({ id: 'a', title: 'Seule', body: build.body(...blocks) })],
  });

describe.each([
  ['everything that a note can hold', wholeBook],
  ['notes with pictures, tables and links', sampleCarnet(8)],
])('a document of %s', (_, content) => {
  test('is well-formed, each of its links leads to one place, and each note begins with a heading', async () => {
    const { text, footnotes } = await write(content);
    const places = all(text, 'w:bookmarkStart').map((one) => one.getAttribute('w:name'));
    expect(new Set(places).size).toBe(places.length);
    const anchors = all(text, 'w:hyperlink').flatMap((one) => one.getAttribute('w:anchor') ?? []);
    expect(anchors.length).toBeGreaterThan(content.notes.length);
    expect(anchors.filter((anchor) => !places.includes(anchor))).toEqual([]);
    const called = all(text, 'w:footnoteReference').map((one) => one.getAttribute('w:id'));
    const known = all(footnotes, 'w:footnote').map((one) => one.getAttribute('w:id'));
    expect(new Set(called).size).toBe(called.length);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((id) => !known.includes(id))).toEqual([]);
    // Each note begins with a heading.
    const titles = paragraphs(text).flatMap(([style, title]) =>
      /^Heading[12]$/.test(style ?? '') ? title : [],
    );
    const wanted = content.notes.map((note) => note.title || 'Sans titre');
    expect(titles.filter((title) => wanted.includes(title)).toSorted()).toEqual(wanted.toSorted());
  });
});

test('headings, quotations, code, captions and lists have the styles and numbers of Word', async () => {
  const item = (content: string, ...more: BodyNode[]): BodyNode => ({
    type: 'listItem',
    content: [build.paragraph(content), ...more],
  });
  const { text, files } = await write(
    alone(
      build.heading(1, 'Un'),
      { type: 'blockquote', content: [build.paragraph('Cité.')] },
      { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text: 'a <\n  b' }] },
      {
        type: 'orderedList',
        attrs: { start: 3, type: 'a' },
        content: [item('c'), item('d', { type: 'bulletList', content: [item('dedans')] })],
      },
      { type: 'orderedList', content: [item('premier')] },
    ),
  );
  expect(paragraphs(text).slice(2)).toEqual([
    ['Heading1', 'Un'],
    ['Quote', 'Cité.'],
    ['CalepinCode', 'a <  b'],
    ['ListParagraph', 'c'],
    ['ListParagraph', 'd'],
    ['ListParagraph', 'dedans'],
    ['ListParagraph', 'premier'],
  ]);
  const lists = all(text, 'w:numPr').map((one) => [
    all(one, 'w:numId')[0]?.getAttribute('w:val'),
    all(one, 'w:ilvl')[0]?.getAttribute('w:val'),
  ]);
  expect(lists.map(([, level]) => level)).toEqual(['0', '0', '1', '0']);
  // One list goes on, the next begins anew.
  expect(lists[0]?.[0]).toBe(lists[1]?.[0]);
  expect(new Set(lists.map(([list]) => list)).size).toBe(3);
  expect(Buffer.from(files.get('word/numbering.xml') ?? []).toString()).toMatch(
    /<w:start w:val="3"\/><w:numFmt w:val="lowerLetter"\/>/,
  );
});

test('what is typed is what is read: marks, links, and letters that XML has no place for', async () => {
  const { text, files } = await write(
    alone(
      build.paragraph(
        { type: 'text', text: 'gras', marks: [{ type: 'bold' }] },
        ' <&> \u0001',
        {
          type: 'text',
          text: 'site',
          marks: [{ type: 'link', attrs: { href: 'https://exemple.org/?a=1&b=2' } }],
        },
        { type: 'text', text: 'piège', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
        { type: 'text', text: 'proposé', marks: [{ type: 'suggestionInsert' }] },
      ),
    ),
  );
  expect(paragraphs(text).at(-1)?.[1]).toBe('gras <&> sitepiège');
  expect(all(text, 'w:b')).not.toHaveLength(0);
  const links = Buffer.from(files.get('word/_rels/document.xml.rels') ?? []).toString();
  expect(links).toContain('https://exemple.org/?a=1&amp;b=2');
  expect(links).not.toContain('javascript');
});

test('a table keeps its joined cells, repeats its head, and shares its width by what stands in it', async () => {
  const cell = (type: string, content: string, attrs = {}): BodyNode => ({
    type,
    attrs,
    content: [build.paragraph(content)],
  });
  const { text } = await write(
    alone({
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('tableHeader', 'Nom'), cell('tableHeader', 'Récit')] },
        {
          type: 'tableRow',
          content: [
            cell('tableCell', 'A', { rowspan: 2 }),
            cell('tableCell', 'Une phrase qui est bien longue.'),
          ],
        },
        { type: 'tableRow', content: [cell('tableCell', 'b')] },
        { type: 'tableRow', content: [cell('tableCell', 'les deux', { colspan: 2 })] },
      ],
    }),
  );
  expect(all(text, 'w:tblHeader')).toHaveLength(1);
  expect(all(text, 'w:gridSpan').map((one) => one.getAttribute('w:val'))).toEqual(['2']);
  expect(all(text, 'w:vMerge').map((one) => one.getAttribute('w:val'))).toEqual(['restart', 'continue']);
  const [first = 0, second = 0] = all(text, 'w:gridCol').map((one) => Number(one.getAttribute('w:w')));
  expect(second).toBeGreaterThan(first * 2);
});

test('a picture fits in the page and says what it shows', async () => {
  const { text, files } = await write({
    ...alone({ type: 'image', attrs: { attachmentId: 'x', alt: 'Le pont' } }),
    loadAttachment: () =>
      Promise.resolve({ bytes: makePng(2000, 500, 1), name: 'pont.png', mediaType: 'image/png' }),
  });
  const [extent] = all(text, 'wp:extent');
  const [width, height] = [Number(extent?.getAttribute('cx')), Number(extent?.getAttribute('cy'))] as const;
  expect(width / height).toBeCloseTo(4, 1);
  // The block of text of a letter is 142 mm wide; a millimetre is 36,000 units.
  expect(width / 36_000).toBeLessThanOrEqual(142);
  expect(all(text, 'wp:docPr')[0]?.getAttribute('descr')).toBe('Le pont');
  expect([...files.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
});

test('what is reserved is counted and not named; parts come before their notes', async () => {
  const { text, files } = await write(
    bookContent({
      subject: 'carnet',
      title: 'Carnet',
      parts: ['Ville'],
      absent: { ...nothingAbsent, withheld: 1 },
      outside: () => null,
      notes: [
        bookNote({
          id: 'a',
          title: 'Rue',
          part: 'Ville',
          body: build.body(build.paragraph({ type: 'noteLink', attrs: { noteId: 'secret', text: null } })),
        }),
      ],
    }),
  );
  const headings = paragraphs(text).filter(([style]) => style?.startsWith('Heading'));
  expect(headings).toEqual([
    ['Heading1', 'Ville'],
    ['Heading2', 'Rue'],
  ]);
  expect(words(text)).toContain('note non accessible');
  for (const bytes of files.values()) expect(Buffer.from(bytes).toString()).not.toContain('secret');
});

test('[R198] the same content gives the same bytes, at another time too, and another date others', async () => {
  const bytesOf = (content: BookContent) =>
    writeDocx(content, 'letter', new AbortController().signal, () => undefined);
  const first = await bytesOf(sampleCarnet(3));
  vi.useFakeTimers({ now: Date.UTC(2031, 4, 5, 6), toFake: ['Date'] });
  try {
    expect(Buffer.compare(await bytesOf(sampleCarnet(3)), first)).toBe(0);
  } finally {
    vi.useRealTimers();
  }
  expect(Buffer.compare(await bytesOf({ ...sampleCarnet(3), date: 0 }), first)).not.toBe(0);
});
