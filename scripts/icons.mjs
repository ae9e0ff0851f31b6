import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './findChromium.mjs';
import { root } from './run.mjs';

// The icons of the packages, drawn again from the one of the page: `node scripts/icons.mjs`, after renderer/icon.svg changed. What it makes is committed, so that no
// machine that packs needs a browser.

/** Where they are kept. */
export const iconsFolder = 'electron/icons';

/** Pixels of a side, as desktops of Linux take them. */
export const linuxSizes = /** @type {const} */ ([16, 24, 32, 48, 64, 128, 256, 512]);
/** As Windows takes them from one file. */
export const windowsSizes = /** @type {const} */ ([16, 24, 32, 48, 64, 128, 256]);
/**
 * The kinds of picture in a file of macOS, and the pixels of each; the smallest are those of its dense screens.
 * @type {readonly (readonly [string, number])[]}
 */
export const macTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * Puts pictures into one file of Windows.
 * @param {readonly { size: number, png: Buffer }[]} pictures - at most 256 pixels each.
 * @see https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 */
export function toIco(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // One byte each: 256 is written 0.
    header[at] = size % 256;
    header[at + 1] = size % 256;
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * Puts pictures into one file of macOS.
 * @param {readonly { type: string, png: Buffer }[]} pictures
 */
export function toIcns(pictures) {
  const parts = pictures.flatMap(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return [head, png];
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

/**
 * Draws the icon, on nothing, at each size.
 * @param {string} svg
 * @param {readonly number[]} sizes - pixels of a side.
 * @returns {Promise<Map<number, Buffer>>} PNG by size.
 */
async function draw(svg, sizes) {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium to draw with: set CALEPIN_CHROMIUM');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    /** @type {Map<number, Buffer>} */
    const drawn = new Map();
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(
        `<style>html, body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`,
      );
      drawn.set(size, await page.screenshot({ omitBackground: true }));
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

async function makeIcons() {
  const folder = path.join(root, iconsFolder);
  const all = [...new Set([...linuxSizes, ...windowsSizes, ...macTypes.map(([, size]) => size)])];
  const drawn = await draw(readFileSync(path.join(root, 'renderer/icon.svg'), 'utf8'), all);
  /** @param {number} size */
  const png = (size) => /** @type {Buffer} */ (drawn.get(size));
  mkdirSync(folder, { recursive: true });
  for (const size of linuxSizes) writeFileSync(path.join(folder, `${size}x${size}.png`), png(size));
  writeFileSync(path.join(folder, 'icon.ico'), toIco(windowsSizes.map((size) => ({ size, png: png(size) }))));
  writeFileSync(
    path.join(folder, 'icon.icns'),
    toIcns(macTypes.map(([type, size]) => ({ type, png: png(size) }))),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeIcons();
