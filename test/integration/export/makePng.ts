import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A landscape of hills in mist, with grain like a photograph's, as PNG. */
export function makePng(width: number, height: number, seed: number): Uint8Array {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let noise = seed * 2_654_435_761;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const grain = (noise >>> 28) - 8;
      let shade = 232 - (40 * y) / height;
      for (let hill = 1; hill <= 4; hill += 1) {
        const crest =
          height * (0.35 + 0.13 * hill) + Math.sin(x / (90 + 40 * hill) + seed * hill) * height * 0.07;
        if (y > crest) shade = 210 - 38 * hill;
      }
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = Math.max(0, Math.min(255, shade * 0.86 + grain));
      rows[at + 1] = Math.max(0, Math.min(255, shade * 0.95 + grain));
      rows[at + 2] = Math.max(0, Math.min(255, shade + grain));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
