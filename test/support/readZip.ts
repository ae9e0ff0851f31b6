import { crc32, inflateRawSync } from 'node:zlib';

/** Reads a ZIP file by its list, checking each entry. @returns path to bytes. */
export function readZip(file: Buffer): Map<string, Buffer> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1) throw new Error('not a ZIP file');
  const entries = new Map<string, Buffer>();
  let at = file.readUInt32LE(end + 16);
  for (let count = file.readUInt16LE(end + 10); count > 0; count--) {
    const [method, crc, packed, size] = [
      file.readUInt16LE(at + 10),
      file.readUInt32LE(at + 16),
      file.readUInt32LE(at + 20),
      file.readUInt32LE(at + 24),
    ];
    const [name, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place));
    const offset = file.readUInt32LE(at + 42);
    const path = file.toString('utf8', at + 46, at + 46 + name!);
    const from = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
    const stored = file.subarray(from, from + packed);
    const bytes = method === 8 ? inflateRawSync(stored) : stored;
    if (bytes.length !== size || crc32(bytes) !== crc) throw new Error(`${path} is damaged`);
    if (entries.has(path)) throw new Error(`${path} is there twice`);
    entries.set(path, bytes);
    at += 46 + name! + extra! + comment!;
  }
  return entries;
}
