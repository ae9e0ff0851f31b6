import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(data.length, 0);
  sizes.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([sizes.subarray(0, 4), named, sizes.subarray(4)]);
}

/**
 * Writes an opaque picture as a PNG of 8 bits a colour (W3C, Portable Network Graphics, third edition).
 * @param rgba - four bytes a pixel, line by line; the fourth is not read.
 */
export function encodePng(width: number, height: number, rgba: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, red, green and blue; the compression, the filters and the order that every PNG of this kind has.
  header.set([8, 2, 0, 0, 0], 8);
  const lineBytes = 1 + width * 3;
  const lines = Buffer.alloc(lineBytes * height);
  for (let y = 0, from = 0; y < height; y += 1) {
    // The first byte of a line is its filter: none, which serves letters on white best.
    for (let to = y * lineBytes + 1; to < (y + 1) * lineBytes; to += 3, from += 4) {
      lines[to] = rgba[from] ?? 0;
      lines[to + 1] = rgba[from + 1] ?? 0;
      lines[to + 2] = rgba[from + 2] ?? 0;
    }
  }
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(lines, { level: 4 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}
