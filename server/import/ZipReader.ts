import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { AppError } from '#shared/api/errorCodes.ts';

const inflate = promisify(inflateRaw);

/** What an archive may hold at most. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all its files, unpacked. */
  readonly bytes: number;
  /** Bytes of one of them, unpacked; a longer one is listed, and not read. */
  readonly entryBytes: number;
}

/** A file of an archive. */
export interface ZipEntry {
  /** With `/`, without a leading one. */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
}

/** Where an archive is. */
interface ByteSource {
  readonly size: number;
  /** @throws AppError `import_unreadable` beyond its end. */
  read(at: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

interface Record extends ZipEntry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly offset: number;
}

const endLength = 22;
const longestComment = 0xffff;
const longestPath = 1_000;
const localLength = 30;

const broken = (why: string): AppError => new AppError('import_unreadable', why);
const tooLarge = (why: string): AppError => new AppError('import_too_large', why);

function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Programs of Windows that do not say how they write: the letters of the West.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The path of an entry in the one form, or null for a folder. @throws AppError for one that leads out of the archive. */
function pathOf(name: string): string | null {
  const path = name.replaceAll('\\', '/').normalize('NFC');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (
    path.startsWith('/') ||
    /^[a-z]:/i.test(path) ||
    parts.includes('..') ||
    /[\u0000-\u001f\u007f]/.test(path)
  )
    throw broken('an archive with a path that leads out of it');
  if (path.length > longestPath) throw broken('an archive with a path that is too long');
  return path.endsWith('/') ? null : parts.join('/');
}

/**
 * Reads a ZIP file by its list, one file at a time, into memory alone. It trusts nothing that the archive says: lengths are held against the limits before anything is unpacked and while
 * it is, the checksum afterwards; encrypted files, parts of other archives, paths that lead out of it, two files of one name and files that share bytes are refused.
 * @see PKWARE, APPNOTE.TXT 6.3.9
 */
export class ZipReader {
  readonly #file: ByteSource;
  readonly #limits: ZipLimits;
  readonly #records: ReadonlyMap<string, Record>;

  private constructor(file: ByteSource, limits: ZipLimits, records: ReadonlyMap<string, Record>) {
    this.#file = file;
    this.#limits = limits;
    this.#records = records;
  }

  /** @throws AppError `import_unreadable` for what is no ZIP file, or not a sound one; `import_too_large`. */
  static async open(path: string, limits: ZipLimits): Promise<ZipReader> {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const file = {
        size,
        read: (at: number, length: number) => readAt(handle, at, length),
        close: () => handle.close(),
      };
      return new ZipReader(file, limits, await readList(file, limits));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The same, of an archive in memory. */
  static async of(bytes: Uint8Array, limits: ZipLimits): Promise<ZipReader> {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const file: ByteSource = {
      size: all.length,
      read: (at, length) =>
        at + length > all.length
          ? Promise.reject(broken('the archive ends too early'))
          : Promise.resolve(all.subarray(at, at + length)),
      close: () => Promise.resolve(),
    };
    return new ZipReader(file, limits, await readList(file, limits));
  }

  get entries(): readonly ZipEntry[] {
    return [...this.#records.values()].map(({ path, size }) => ({ path, size }));
  }

  /** The bytes of a file. @throws AppError `import_unreadable` when they are not what the list says; `import_too_large`. */
  async read(path: string): Promise<Uint8Array> {
    const record = this.#records.get(path);
    if (record === undefined) throw broken('a file that the archive does not hold');
    if (record.size > this.#limits.entryBytes || record.packed > this.#limits.entryBytes)
      throw tooLarge('a file of the archive is larger than allowed');
    return await this.#unpacked(record);
  }

  /**
   * An archive that this one holds, which is read where it lies or, packed, from memory. Its files count as this one's do.
   * @param limits - of the inner one; `packedBytes`: of the archive itself, where it is packed.
   * @throws AppError as `open`.
   */
  async inner(path: string, limits: ZipLimits & { readonly packedBytes: number }): Promise<ZipReader> {
    const record = this.#records.get(path);
    if (record === undefined) throw broken('a file that the archive does not hold');
    if (record.method !== 0) {
      if (record.size > limits.packedBytes)
        throw tooLarge('an archive in the archive is larger than allowed');
      return await ZipReader.of(await this.#unpacked(record), limits);
    }
    const start = await this.#startOf(record);
    const within: ByteSource = {
      size: record.size,
      read: (at, length) =>
        at < 0 || at + length > record.size
          ? Promise.reject(broken('the archive ends too early'))
          : this.#file.read(start + at, length),
      // The outer one closes what both read.
      close: () => Promise.resolve(),
    };
    return new ZipReader(within, limits, await readList(within, limits));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #startOf({ offset }: Record): Promise<number> {
    const local = await this.#file.read(offset, localLength);
    if (local.readUInt32LE(0) !== 0x0403_4b50) throw broken('a file is not where the list says');
    return offset + localLength + local.readUInt16LE(26) + local.readUInt16LE(28);
  }

  async #unpacked(record: Record): Promise<Uint8Array> {
    const { size, packed, method, crc } = record;
    const stored = await this.#file.read(await this.#startOf(record), packed);
    const bytes = method === 0 ? stored : await unpack(stored, size);
    if (bytes.length !== size || crc32(bytes) !== crc) throw broken('a file is damaged');
    return bytes;
  }
}

async function unpack(stored: Buffer, size: number): Promise<Buffer> {
  try {
    return await inflate(stored, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw broken('a file is damaged, or longer than the list says');
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, at + read);
    if (bytesRead === 0) throw broken('the archive ends too early');
    read += bytesRead;
  }
  return buffer;
}

async function readList(file: ByteSource, limits: ZipLimits): Promise<Map<string, Record>> {
  const { size } = file;
  if (size < endLength) throw broken('too short for an archive');
  const tailLength = Math.min(size, endLength + longestComment);
  const tail = await file.read(size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1 || end + endLength > tail.length) throw broken('not an archive');
  const count = tail.readUInt16LE(end + 10);
  const listLength = tail.readUInt32LE(end + 12);
  const listStart = tail.readUInt32LE(end + 16);
  if (tail.readUInt16LE(end + 4) !== 0 || tail.readUInt16LE(end + 8) !== count)
    throw broken('a part of an archive');
  // Those of more than 4 GiB or 65,534 files have another end; no import is that large.
  if (count > limits.entries || count === 0xffff || listStart === 0xffff_ffff)
    throw tooLarge('an archive of too many files');
  if (listStart + listLength > size - tailLength + end) throw broken('the list is not where the end says');
  return recordsOf(await file.read(listStart, listLength), count, listStart, limits);
}

function recordsOf(list: Buffer, count: number, listStart: number, limits: ZipLimits): Map<string, Record> {
  const records = new Map<string, Record>();
  const names = new Set<string>();
  let total = 0;
  let at = 0;
  for (let number = 0; number < count; number++) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== 0x0201_4b50) throw broken('the list is damaged');
    const nameLength = list.readUInt16LE(at + 28);
    const length = 46 + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
    if (at + length > list.length) throw broken('the list is damaged');
    const flags = list.readUInt16LE(at + 8);
    const mode = list.readUInt32LE(at + 38) >>> 16;
    const path = pathOf(nameOf(list.subarray(at + 46, at + 46 + nameLength)));
    const record = {
      path: path ?? '',
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      packed: list.readUInt32LE(at + 20),
      size: list.readUInt32LE(at + 24),
      offset: list.readUInt32LE(at + 42),
    };
    at += length;
    // A link of Unix leads somewhere else.
    if (path === null || path === '' || (mode & 0o170_000) === 0o120_000) continue;
    if ((flags & 1) !== 0 || (flags & 0x40) !== 0) throw broken('an encrypted archive');
    if (record.method !== 0 && record.method !== 8) throw broken('a way of packing that is not known');
    if (record.method === 0 && record.size !== record.packed) throw broken('the list is damaged');
    if (names.has(path.toLowerCase())) throw broken('two files of one name');
    names.add(path.toLowerCase());
    total += record.size;
    if (total > limits.bytes) throw tooLarge('an archive of too many bytes');
    records.set(path, record);
  }
  // Files that share bytes say more than an archive holds.
  let before = 0;
  for (const { offset, packed } of [...records.values()].sort((a, b) => a.offset - b.offset)) {
    if (offset < before) throw broken('files that share bytes');
    before = offset + localLength + packed;
    if (before > listStart) throw broken('a file beyond the list');
  }
  return records;
}
