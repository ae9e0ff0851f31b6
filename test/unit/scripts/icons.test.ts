import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { iconsFolder, linuxSizes, macTypes, toIcns, toIco, windowsSizes } from '../../../scripts/icons.mjs';

const folder = path.resolve(import.meta.dirname, '../../..', iconsFolder);
const read = (name: string): Buffer => readFileSync(path.join(folder, name));

/** Width and height of a PNG with transparency, or null for anything else. */
function sizeOf(png: Buffer): [number, number] | null {
  const isPng = png.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  // Colour type 6: with an alpha channel.
  return isPng && png[25] === 6 ? [png.readUInt32BE(16), png.readUInt32BE(20)] : null;
}

it('has a picture of each size that desktops of Linux ask for', () => {
  for (const size of linuxSizes) expect(sizeOf(read(`${size}x${size}.png`))).toEqual([size, size]);
});

it('has the pictures of Windows in one file, each as large as it says', () => {
  const file = read('icon.ico');
  expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([
    0,
    1,
    windowsSizes.length,
  ]);
  let end = 6 + 16 * windowsSizes.length;
  for (const [index, size] of windowsSizes.entries()) {
    const at = 6 + 16 * index;
    const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    expect([file[at], file[at + 1], offset]).toEqual([size % 256, size % 256, end]);
    expect(sizeOf(file.subarray(offset, offset + length))).toEqual([size, size]);
    end = offset + length;
  }
  expect(end).toBe(file.length);
});

it('has the pictures of macOS in one file, each as large as its kind is', () => {
  const file = read('icon.icns');
  expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
  const found: [string, number | undefined][] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const png = file.subarray(at + 8, at + file.readUInt32BE(at + 4));
    found.push([file.toString('latin1', at, at + 4), sizeOf(png)?.[0]]);
  }
  expect(found).toEqual(macTypes);
});

it('writes both kinds of file as their formats say', () => {
  const png = Buffer.from('abc');
  expect(toIco([{ size: 256, png }]).toString('hex')).toBe(
    '000001000100' + '00000000010020000300000016000000' + '616263',
  );
  expect(toIcns([{ type: 'ic07', png }]).toString('latin1')).toBe('icns\0\0\0\x13ic07\0\0\0\x0babc');
});
