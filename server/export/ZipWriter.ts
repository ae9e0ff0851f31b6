import { type FileHandle, open, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** Beyond these a field holds all ones, and the value stands in a ZIP64 record. */
const most32 = 0xffff_ffff;
const most16 = 0xffff;
const utf8Names = 0x0800;

interface Entry {
  readonly name: Buffer;
  readonly method: 0 | 8;
  readonly time: number;
  readonly date: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** A moment as the format has it, to two seconds; in UTC, since it says no zone. */
function dosTime(at: number): { time: number; date: number } {
  const moment = new Date(Math.max(at, Date.UTC(1980, 0, 1)));
  return {
    time:
      (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | Math.floor(moment.getUTCSeconds() / 2),
    date: ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
  };
}

/**
 * Writes a ZIP file entry by entry, holding one entry in memory at a time; of any length (ZIP64 where it is needed).
 * @see PKWARE, APPNOTE.TXT 6.3.9
 */
export class ZipWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #entries: Entry[] = [];
  #length = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Begins a file that is not there yet, readable by this account alone. */
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(path, await open(path, 'wx', 0o600));
  }

  /** How many bytes were written so far. */
  get length(): number {
    return this.#length;
  }

  /** Writes what stands before the archive in its file: readers of ZIP pass it over, and places are counted with it. Only before the first `add`. */
  async preface(...parts: readonly Uint8Array[]): Promise<void> {
    await this.#write(...parts);
  }

  /**
   * @param name - its path in the archive, with `/` and without a leading one; nobody else has it there.
   * @param at - when it was changed, Unix milliseconds.
   * @param packs - false for bytes that are packed already: pictures, films.
   */
  async add(name: string, bytes: Uint8Array, at: number, packs = true): Promise<void> {
    const packed = packs ? await deflate(bytes) : bytes;
    const isPacked = packed.length < bytes.length;
    const stored = isPacked ? packed : bytes;
    const entry: Entry = {
      name: Buffer.from(name),
      method: isPacked ? 8 : 0,
      ...dosTime(at),
      crc: crc32(bytes),
      packed: stored.length,
      size: bytes.length,
      offset: this.#length,
    };
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x0403_4b50, 0);
    writeCommon(head, entry, 4);
    head.writeUInt16LE(entry.name.length, 26);
    await this.#write(head, entry.name, stored);
    this.#entries.push(entry);
  }

  /** Writes the list of what it holds and closes it. @returns its length in bytes. */
  async finish(): Promise<number> {
    const start = this.#length;
    for (const entry of this.#entries) await this.#write(...centralRecord(entry));
    await this.#write(...endRecords(this.#entries.length, start, this.#length - start));
    await this.#file.close();
    return this.#length;
  }

  /** Closes it and takes it away. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #write(...parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      await this.#file.writeFile(part);
      this.#length += part.length;
    }
  }
}

/** What stands alike in an entry's own head and in the list. */
function writeCommon(record: Buffer, entry: Entry, at: number): void {
  record.writeUInt16LE(entry.offset > most32 ? 45 : 20, at);
  record.writeUInt16LE(utf8Names, at + 2);
  record.writeUInt16LE(entry.method, at + 4);
  record.writeUInt16LE(entry.time, at + 6);
  record.writeUInt16LE(entry.date, at + 8);
  record.writeUInt32LE(entry.crc, at + 10);
  record.writeUInt32LE(entry.packed, at + 14);
  record.writeUInt32LE(entry.size, at + 18);
}

function centralRecord(entry: Entry): Uint8Array[] {
  const isFar = entry.offset > most32;
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(isFar ? 45 : 20, 4);
  writeCommon(record, entry, 6);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt16LE(isFar ? 12 : 0, 30);
  record.writeUInt32LE(Math.min(entry.offset, most32), 42);
  if (!isFar) return [record, entry.name];
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(entry.offset), 4);
  return [record, entry.name, extra];
}

function endRecords(count: number, start: number, length: number): Uint8Array[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(length, most32), 12);
  end.writeUInt32LE(Math.min(start, most32), 16);
  if (count < most16 && start < most32) return [end];
  const far = Buffer.alloc(56);
  far.writeUInt32LE(0x0606_4b50, 0);
  far.writeBigUInt64LE(44n, 4);
  far.writeUInt16LE(45, 12);
  far.writeUInt16LE(45, 14);
  far.writeBigUInt64LE(BigInt(count), 24);
  far.writeBigUInt64LE(BigInt(count), 32);
  far.writeBigUInt64LE(BigInt(length), 40);
  far.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(BigInt(start + length), 8);
  locator.writeUInt32LE(1, 16);
  return [far, locator, end];
}
