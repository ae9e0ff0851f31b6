import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { chromium } from 'playwright-core';
import { printBook } from '../server/export/book/printBook.ts';
import { encodePng } from '../server/export/pages/encodePng.ts';
import { ChromiumPdfPrinter } from '../server/export/ChromiumPdfPrinter.ts';
import { sampleCarnet } from '../test/integration/export/sampleCarnet.ts';
import { requireNode } from './checkNode.mjs';
import { findChromium } from './findChromium.mjs';
import { root } from './run.mjs';

// One picture for the README: the pages of a printed book that tell most, in each of its looks, of the carnet of the tests.
//   node scripts/bookPictures.mjs [out.png]

requireNode();
const out = process.argv[2] ?? path.join(root, 'docs/screenshots/book.png');
const executablePath = findChromium();
if (executablePath === null)
  throw new Error('Chromium is not here: install it, or name it with CALEPIN_CHROMIUM.');
const pageWidth = 236;
const sample = sampleCarnet(30);
/** @type {{ theme: import('../shared/api/exports.ts').BookTheme, cover: import('../shared/domain/Collection.ts').Cover }[]} */
const looks = [
  { theme: 'classic', cover: sample.cover },
  { theme: 'clear', cover: { ...sample.cover, image: null, colour: 'azur' } },
  { theme: 'legible', cover: { ...sample.cover, image: null, colour: 'sarcelle' } },
];

/**
 * The pages to be shown, from 0, by what stands on them.
 * @param {string[]} texts - of each page.
 */
function pagesToShow(texts) {
  const after = texts.findLastIndex((text) =>
    /^\s*(Table des matières|Figures|Tableaux)/m.test(text.slice(0, 80)),
  );
  /** @param {(text: string, at: number) => boolean} is */
  const find = (is) => texts.findIndex((text, at) => at > after && is(text, at));
  const rows = (/** @type {string} */ text) =>
    text.match(/Estrie|Gaspésie|Lanaudière|Mauricie|Outaouais|Côte-Nord/g)?.length ?? 0;
  const shown = {
    cover: 0,
    contents: texts.findIndex((text) => text.includes('Table des matières')),
    chapter: find((text) => /La cuisine/.test(text.slice(0, 60)) && text.slice(0, 200).includes('2 février')),
    figure: find((text) => text.includes('Figure 2.')),
    table: texts
      .map(rows)
      .reduce((best, count, at, all) => (at > after && count > (all[best] ?? 0) ? at : best), after + 1),
    lexicon: find((text) => text.slice(0, 60).includes('Lexique')),
    index: find((text) => text.slice(0, 60).includes('Index')),
  };
  for (const [what, at] of Object.entries(shown)) if (at < 0) throw new Error(`no page is a ${what}`);
  return Object.values(shown);
}

const printer = new ChromiumPdfPrinter({ executablePath });
const wasm = await readFile(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm')));
const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(wasm).buffer });
/** @type {string[][]} */
const pictures = [];
for (const { theme, cover } of looks) {
  const options = { format: 'a5', theme, variant: 'screen', numbered: theme === 'classic' };
  const { bytes } = await printBook(
    { ...sample, cover },
    /** @type {import('../shared/api/exports.ts').BookOptions} */ (options),
    printer,
    new AbortController().signal,
    () => undefined,
  );
  const document = await library.loadDocument(bytes);
  const pages = [...document.pages()];
  const shown = pagesToShow(pages.map((page) => page.getText()));
  process.stdout.write(`${theme}: pages ${shown.map((at) => at + 1).join(', ')} of ${pages.length}\n`);
  const row = [];
  for (const at of shown) {
    const page = /** @type {import('@hyzyla/pdfium').PDFiumPage} */ (pages[at]);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    // Twice as fine, and drawn smaller: letters stay letters.
    const width = pageWidth * 2;
    const height = Math.round((width * originalHeight) / originalWidth);
    const { data } = await page.render({ render: 'bitmap', width, height });
    row.push(`data:image/png;base64,${Buffer.from(encodePng(width, height, data)).toString('base64')}`);
  }
  pictures.push(row);
  document.destroy();
}
library.destroy();

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  const sheets = pictures
    .map((row) => `<div>${row.map((src) => `<img src="${src}">`).join('')}</div>`)
    .join('');
  await page.setContent(
    `<style>body{margin:0;background:#ddd8ce;display:inline-flex;flex-direction:column;gap:16px;padding:16px}div{display:flex;gap:14px}img{width:${pageWidth}px;background:#fff;box-shadow:0 1px 4px rgb(60 50 30/25%)}</style>${sheets}`,
  );
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await writeFile(out, await page.locator('body').screenshot());
} finally {
  await browser.close();
}
