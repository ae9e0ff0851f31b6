import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  /** From the end of the header; none for what lies beside the archive. */
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/**
 * Reads an asar archive.
 * @param file - `app.asar`.
 * @returns its files by their paths (true: beside the archive, unpacked), and the ways to read one and to write those inside to a folder.
 * @see https://github.com/electron/asar#format
 */
export function readAsar(file: string): {
  files: Map<string, boolean>;
  /** The bytes of a file, inside or beside. */
  read: (name: string) => Buffer;
  extract: (folder: string) => void;
} {
  const read = (at: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    const handle = openSync(file, 'r');
    readSync(handle, bytes, 0, size, at);
    closeSync(handle);
    return bytes;
  };
  const start = read(0, 16);
  const header = JSON.parse(read(16, start.readUInt32LE(12)).toString('utf8')) as Entry;
  const dataStart = 8 + start.readUInt32LE(4);
  const found = new Map<string, Entry>();
  const walk = (entry: Entry, name: string): void => {
    if (entry.files === undefined) found.set(name, entry);
    else
      for (const [child, one] of Object.entries(entry.files))
        walk(one, name === '' ? child : `${name}/${child}`);
  };
  walk(header, '');
  return {
    files: new Map([...found].map(([name, { unpacked }]) => [name, unpacked === true])),
    read(name) {
      const { offset, size = 0, unpacked = false } = found.get(name) ?? {};
      if (unpacked) return readFileSync(path.join(`${file}.unpacked`, name));
      if (offset === undefined) throw new Error(`${name} is not there`);
      return read(dataStart + Number(offset), size);
    },
    extract(folder) {
      for (const [name, { offset, size = 0 }] of found) {
        if (offset === undefined) continue;
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), read(dataStart + Number(offset), size));
      }
    },
  };
}
