import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { AppError } from '#shared/api/errorCodes.ts';
import { attachmentHeadBytes, type AttachmentBytes } from './ports/AttachmentBytes.ts';

/** The file system's errors as ours; what the sender or `check` threw stays what it is. */
function translate(error: unknown): unknown {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const options = { cause: error };
  return new AppError(full ? 'storage_full' : 'storage_failed', 'the file could not be stored', options);
}

/** The bytes of attachments as files of one folder: `ab/abcdef…`, and `incoming/` for those that are still coming. */
export class FileAttachmentBytes implements AttachmentBytes {
  readonly #folder: string;
  /** Whether a file is what its name says, and how it stood on the disk when that was found out: each is read through once in a relay's life. */
  readonly #known = new Map<string, { readonly stood: string; readonly isWhole: boolean }>();

  /** @param folder - made when the first file comes. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  #fileOf(digest: string): string | null {
    return /^[0-9a-f]{64}$/.test(digest) ? path.join(this.#folder, digest.slice(0, 2), digest) : null;
  }

  async save(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    check: (head: Uint8Array) => void,
  ): Promise<{ digest: string; bytes: number }> {
    const incoming = path.join(this.#folder, 'incoming');
    const temporary = path.join(incoming, randomUUID());
    try {
      await mkdir(incoming, { recursive: true });
      const handle = await open(temporary, 'wx');
      const hash = createHash('sha256');
      let bytes = 0;
      let head: Uint8Array | null = new Uint8Array(0);
      try {
        for await (const part of source) {
          bytes += part.length;
          if (bytes > maxBytes) throw new AppError('too_large', 'the file is larger than allowed');
          if (head !== null) {
            head = new Uint8Array(Buffer.concat([head, part.subarray(0, attachmentHeadBytes - head.length)]));
            if (head.length === attachmentHeadBytes) {
              check(head);
              head = null;
            }
          }
          hash.update(part);
          await handle.writeFile(part);
        }
        if (head !== null) check(head);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const digest = hash.digest('hex');
      const file = path.join(this.#folder, digest.slice(0, 2), digest);
      await mkdir(path.dirname(file), { recursive: true });
      await rename(temporary, file);
      const folder = await open(path.dirname(file), 'r').catch(() => null);
      // Windows cannot sync a folder; its file system journals the name by itself.
      await folder?.sync().catch(() => null);
      await folder?.close();
      return { digest, bytes };
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => null);
      throw translate(error);
    }
  }

  async open(
    digest: string,
    range?: { start: number; end: number },
  ): Promise<ReadableStream<Uint8Array> | null> {
    const file = await this.#wholeFile(digest);
    if (file === null) return null;
    return Readable.toWeb(
      createReadStream(file, range),
    ) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>;
  }

  async remove(digest: string, before: number): Promise<void> {
    const file = this.#fileOf(digest);
    if (file === null) return;
    try {
      if ((await stat(file)).mtimeMs >= before) return;
      this.#known.delete(digest);
      await rm(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw translate(error);
    }
  }

  async read(digest: string): Promise<Uint8Array | null> {
    const file = await this.#wholeFile(digest);
    return file === null ? null : readFile(file).catch(() => null);
  }

  /** @returns where it is; null when it is not there, or is not what was stored: it is left as it is then, and replaced when it is saved again. */
  async #wholeFile(digest: string): Promise<string | null> {
    const file = this.#fileOf(digest);
    const found = file === null ? null : await stat(file).catch(() => null);
    if (file === null || found === null) return null;
    const stood = `${found.size} ${found.mtimeMs} ${found.ino}`;
    const known = this.#known.get(digest);
    if (known?.stood === stood) return known.isWhole ? file : null;
    const isWhole = (await digestOf(file)) === digest;
    this.#known.set(digest, { stood, isWhole });
    return isWhole ? file : null;
  }
}

async function digestOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) hash.update(part);
  } catch {
    // A part of the disk that cannot be read.
    return null;
  }
  return hash.digest('hex');
}
