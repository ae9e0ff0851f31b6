import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import { ZipReader } from '#server/import/ZipReader.ts';
import { zipOf } from '../../../support/readImport.ts';

const limits = { entries: 3, bytes: 4_000, entryBytes: 2_000 };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-zipreader-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
/** What comes of an archive: its files as texts, or the code that refuses it. */
async function readAll(bytes: Uint8Array): Promise<Record<string, string> | string> {
  const file = path.join(folder, String((count += 1)));
  await writeFile(file, bytes);
  try {
    const zip = await ZipReader.open(file, limits);
    try {
      const read = zip.entries.map(
        async (entry) => [entry.path, Buffer.from(await zip.read(entry.path)).toString()] as const,
      );
      return Object.fromEntries(await Promise.all(read));
    } finally {
      await zip.close();
    }
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const central = Buffer.from([0x50, 0x4b, 1, 2]);
/** Where the record of a file begins in the list. */
const recordOf = (zip: Buffer, name: string): number => zip.lastIndexOf(central, zip.lastIndexOf(name));
const local = (zip: Buffer, name: string): number => zip.indexOf(name) - 30;

async function changed(change: (zip: Buffer) => void): Promise<Buffer> {
  const zip = await zipOf({ 'a.md': 'a'.repeat(1_000), 'b/c.md': 'deux' });
  change(zip);
  return zip;
}

test('[R219] files are read, packed or not, by any program’s separators and letters', async () => {
  expect(await readAll(await zipOf({ 'Été/a.md': 'a'.repeat(900), 'b\\c.md': 'b', 'vide/': '' }))).toEqual({
    'Été/a.md': 'a'.repeat(900),
    'b/c.md': 'b',
  });
  const western = await zipOf({ 'e.md': 'x' });
  western[western.indexOf('e.md')] = 0xe9;
  western[western.lastIndexOf('e.md')] = 0xe9;
  expect(await readAll(western)).toEqual({ 'é.md': 'x' });
});

test.each<[string, () => Promise<Buffer>, string]>([
  [
    'what is no archive',
    async () => Buffer.from('PK et rien d’autre, assez long pour une fin'),
    'import_unreadable',
  ],
  ['nothing', async () => Buffer.alloc(0), 'import_unreadable'],
  ['an archive that is cut', async () => (await zipOf({ 'a.md': 'a' })).subarray(30), 'import_unreadable'],
  ['a path that leads out', () => zipOf({ '../a.md': 'a' }), 'import_unreadable'],
  ['a path that leads out from within', () => zipOf({ 'a/../../b.md': 'a' }), 'import_unreadable'],
  ['a path with the other separator', () => zipOf({ '..\\a.md': 'a' }), 'import_unreadable'],
  ['a path from the top', () => zipOf({ '/etc/a.md': 'a' }), 'import_unreadable'],
  ['a path from a disk', () => zipOf({ 'C:/a.md': 'a' }), 'import_unreadable'],
  ['a path with a zero in it', () => zipOf({ 'a\0.md': 'a' }), 'import_unreadable'],
  ['one name twice, by its capitals', () => zipOf({ 'a.md': 'a', 'A.md': 'b' }), 'import_unreadable'],
  ['too many files', () => zipOf({ a: '', b: '', c: '', d: '' }), 'import_too_large'],
  [
    'too many bytes in all',
    () => zipOf({ a: 'a'.repeat(1_900), b: 'b'.repeat(1_900), c: 'c'.repeat(300) }),
    'import_too_large',
  ],
  ['too many bytes in one', () => zipOf({ a: 'a'.repeat(2_001) }), 'import_too_large'],
  [
    'a bomb: more bytes than the list says',
    async () => {
      const zip = await zipOf({ 'a.md': 'a'.repeat(100_000) });
      zip.writeUInt32LE(100, recordOf(zip, 'a.md') + 24);
      return zip;
    },
    'import_unreadable',
  ],
  [
    'an encrypted file',
    () => changed((zip) => void zip.writeUInt16LE(0x0801, recordOf(zip, 'a.md') + 8)),
    'import_unreadable',
  ],
  [
    'a way of packing that is not known',
    () => changed((zip) => void zip.writeUInt16LE(12, recordOf(zip, 'a.md') + 10)),
    'import_unreadable',
  ],
  [
    'a byte that was changed',
    () => changed((zip) => void (zip[zip.indexOf('deux')] = 0x44)),
    'import_unreadable',
  ],
  [
    'files that share their bytes',
    () => changed((zip) => void zip.writeUInt32LE(0, recordOf(zip, 'b/c.md') + 42)),
    'import_unreadable',
  ],
  [
    'a file that is not where the list says',
    () => changed((zip) => void zip.writeUInt32LE(local(zip, 'b/c.md') + 1, recordOf(zip, 'b/c.md') + 42)),
    'import_unreadable',
  ],
  [
    'a list longer than the archive',
    () => changed((zip) => void zip.writeUInt32LE(0x7fff_ffff, zip.length - 10)),
    'import_unreadable',
  ],
  [
    'a part of another archive',
    () => changed((zip) => void zip.writeUInt16LE(1, zip.length - 18)),
    'import_unreadable',
  ],
])('[R219] refuses %s', async (_, make, code) => {
  expect(await readAll(await make())).toBe(code);
});

test('[R219] a link of Unix is passed over', async () => {
  const zip = await changed((bytes) => {
    bytes.writeUInt32LE((0o120_777 << 16) >>> 0, recordOf(bytes, 'a.md') + 38);
  });
  expect(await readAll(zip)).toEqual({ 'b/c.md': 'deux' });
});

test('[R219] whatever byte of an archive is another, nothing is read that was not written', async () => {
  const files = { 'a.md': 'a'.repeat(300), 'b/c.md': 'deux' };
  const zip = await zipOf(files);
  for (let at = 0; at < zip.length; at += 1) {
    const bytes = Buffer.from(zip);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    const read = await readAll(bytes);
    if (typeof read === 'string') continue;
    for (const text of Object.values(read)) expect(Object.values(files), `byte ${at}`).toContain(text);
  }
});
