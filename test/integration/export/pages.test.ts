import { inflateSync } from 'node:zlib';
import { PDFDocument, rgb } from 'pdf-lib';
import { afterAll, expect, test } from 'vitest';
import type { PdfPrinter } from '#server/index.ts';
import { PagePictures } from '#server/export/pages/PagePictures.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

/** A page for each colour, 200 points wide and 300 high, of which the upper half has it and the lower one is white. */
async function coloured(...colours: readonly (readonly [number, number, number])[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const [red, green, blue] of colours)
    document
      .addPage([200, 300])
      .drawRectangle({ x: 0, y: 150, width: 200, height: 150, color: rgb(red, green, blue) });
  return document.save();
}

/** Reads a picture that has no filters. @returns its size, and the colour of a point of it. */
async function read(png: Uint8Array) {
  // Another reader than ours takes it for a picture.
  const { width, height } = await (await PDFDocument.create()).embedPng(png);
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const lines = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const colourAt = (x: number, y: number): number[] => {
    const from = y * (1 + width * 3) + 1 + x * 3;
    return [...lines.subarray(from, from + 3)];
  };
  return { width, height, colourAt };
}

const pictures = new PagePictures();
const still = new AbortController().signal;
afterAll(() => pictures.close());
const white = [255, 255, 255];

test('a page is drawn as wide as asked, with its colours where they stand', async () => {
  const pdf = await coloured([1, 0, 0], [0, 0, 1]);
  const first = await read((await pictures.draw('a', pdf, 1, 320, still)) ?? new Uint8Array());
  expect(first).toMatchObject({ width: 320, height: 480 });
  expect([first.colourAt(160, 100), first.colourAt(160, 400)]).toEqual([[255, 0, 0], white]);
  const second = await read((await pictures.draw('a', pdf, 2, 160, still)) ?? new Uint8Array());
  expect(second).toMatchObject({ width: 160, height: 240 });
  expect(second.colourAt(10, 10)).toEqual([0, 0, 255]);
});

test('of two books in turns each shows its own pages; beyond the last there is none', async () => {
  const green = await coloured([0, 1, 0]);
  const red = await coloured([1, 0, 0]);
  const seen: number[][] = [];
  for (const [key, pdf] of [
    ['green', green],
    ['red', red],
    ['green', green],
  ] as const)
    seen.push(
      (await read((await pictures.draw(key, pdf, 1, 160, still)) ?? new Uint8Array())).colourAt(5, 5),
    );
  expect(seen).toEqual([
    [0, 255, 0],
    [255, 0, 0],
    [0, 255, 0],
  ]);
  expect(await pictures.draw('green', green, 2, 160, still)).toBeNull();
});

test('what is no PDF is said, and the next one is drawn; who waits no more gets nothing drawn', async () => {
  const damaged = new TextEncoder().encode('not a PDF');
  await expect(pictures.draw('damaged', damaged, 1, 160, still)).rejects.toMatchObject({
    code: 'export_failed',
  });
  const pdf = await coloured([0, 0, 1]);
  await expect(pictures.draw('b', pdf, 1, 160, AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(
    (await read((await pictures.draw('b', pdf, 1, 160, still)) ?? new Uint8Array())).colourAt(5, 5),
  ).toEqual([0, 0, 255]);
});

test('[R231] who made a book sees its pages, as long as they may read it; nobody else does', async () => {
  const printer: PdfPrinter = {
    open: () =>
      Promise.resolve({
        print: () => coloured([1, 0, 0], [0, 1, 0]),
        evaluate: () => Promise.resolve(0),
        close: () => Promise.resolve(),
      }),
  };
  const full = await newFullRelay({ pdfPrinter: printer });
  try {
    const owner = await full.signIn();
    const { note } = await owner.json<{ note: { id: string } }>('POST', '/api/notes', {});
    const subjectId = note.id;
    const start = async (to: string): Promise<string> => {
      const { id } = await owner.json<{ id: string }>('POST', '/api/exports', {
        subject: 'note',
        subjectId,
        to,
      });
      await retryUntil(
        'it to be made',
        async () => (await owner.json<{ step: string }>('GET', `/api/exports/${id}`)).step === 'done',
      );
      return id;
    };
    const id = await start('pdf');
    const ask = (page: string, who: Pick<TestVisitor, 'fetch'> = owner): Promise<Response> =>
      who.fetch(`/api/exports/${id}/pages/${page}`);
    const answer = await ask('2?width=320');
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=900, immutable');
    expect((await read(new Uint8Array(await answer.arrayBuffer()))).colourAt(5, 5)).toEqual([0, 255, 0]);
    const refused = await Promise.all(
      ['3?width=320', '0?width=320', '1?width=321', '1', '1?width=99999', 'x?width=320'].map((page) =>
        ask(page),
      ),
    );
    expect(refused.map(({ status }) => status)).toEqual([400, 403, 400, 400, 400, 403]);
    expect((await ask('1?width=320', full.visitor())).status).toBe(401);
    const folder = await start('markdown');
    expect((await owner.fetch(`/api/exports/${folder}/pages/1?width=320`)).status).toBe(409);
  } finally {
    await full.close();
  }
});
