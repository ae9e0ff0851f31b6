import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  type ArchivedMedium,
  archiveMark,
  type ArchiveManifest,
  archiveFormat,
  manifestPath,
  manifestSchema,
  signaturePath,
  signatureSchema,
  signedBytes,
} from '../../archive/archiveFormat.ts';
import { isSignedBy } from '../../storage/journal/ThinStatement.ts';
import { ZipReader } from '../ZipReader.ts';
import { archiveLimits } from './archiveLimits.ts';

const damaged = (why: string): AppError => new AppError('archive_damaged', why);
const fromHex = (text: string): Uint8Array => Buffer.from(text, 'hex');

/** Bytes of base64 that are read at a time: whole groups. */
const groupBytes = 4 * 256 * 1024;

/** Whether a file begins as an archive does. */
export async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(archiveMark.length),
      0,
      archiveMark.length,
      0,
    );
    return buffer.toString('latin1', 0, bytesRead) === archiveMark;
  } finally {
    await handle.close();
  }
}

/**
 * Reads an archive, and believes nothing of it: the list is signed with the key that it names, each part and each file is held against its digest there, and there is nothing beside them. Whose the key is, is
 * for the caller to ask.
 */
export class ArchiveReader {
  readonly manifest: ArchiveManifest;
  readonly #zip: ZipReader;
  readonly #file: FileHandle;

  private constructor(manifest: ArchiveManifest, zip: ZipReader, file: FileHandle) {
    this.manifest = manifest;
    this.#zip = zip;
    this.#file = file;
  }

  /** @throws AppError `archive_damaged`; `archive_newer` for one of a later version; `import_too_large`; an AbortError. */
  static async open(path: string, signal: AbortSignal): Promise<ArchiveReader> {
    const zip = await openZip(path);
    const file = await open(path, 'r');
    try {
      const reader = new ArchiveReader(await readManifest(zip), zip, file);
      await reader.#check(signal);
      return reader;
    } catch (error) {
      await zip.close();
      await file.close();
      throw error;
    }
  }

  /** A part, as JSON of a schema. @throws AppError `archive_damaged` */
  async json<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    return parsed(await this.part(path), schema);
  }

  part(path: string): Promise<Uint8Array> {
    return this.#zip.read(path).catch(asDamage);
  }

  /** The bytes of a file, some at a time. */
  async *medium({ at, length }: Pick<ArchivedMedium, 'at' | 'length'>): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < length; from += groupBytes) {
      const wanted = Math.min(groupBytes, length - from);
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(wanted), 0, wanted, at + from);
      if (bytesRead < wanted) throw damaged('a file beyond the end');
      const text = buffer.toString('latin1');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw damaged('a file that is no base64');
      yield Buffer.from(text, 'base64');
    }
  }

  async close(): Promise<void> {
    await this.#zip.close();
    await this.#file.close();
  }

  async #check(signal: AbortSignal): Promise<void> {
    const { manifest } = this;
    const listed = new Map(manifest.parts.map((part) => [part.path, part]));
    const there = this.#zip.entries.filter(({ path }) => path !== manifestPath && path !== signaturePath);
    if (listed.size !== manifest.parts.length || listed.size !== there.length)
      throw damaged('parts that the list does not name, or that are missing');
    for (const { path, bytes, sha256 } of manifest.parts) {
      signal.throwIfAborted();
      const part = await this.part(path);
      if (part.length !== bytes || hash('sha256', part) !== sha256) throw damaged(`${path} was changed`);
    }
    // Each stands in it once: more bytes than it has are bytes that are said twice.
    const total = manifest.media.reduce((sum, { length }) => sum + length, 0);
    if (total > (await this.#file.stat()).size)
      throw new AppError('import_too_large', 'files of more bytes than the archive has');
    for (const medium of manifest.media) {
      signal.throwIfAborted();
      if (medium.length !== Math.ceil(medium.bytes / 3) * 4) throw damaged('a file of another length');
      if ((await digestOf(this.medium(medium))) !== medium.sha256) throw damaged('a file was changed');
    }
    const known = new Set(manifest.parts.map(({ path }) => path));
    const named = [...manifest.notes, ...manifest.collections];
    const paths = named.flatMap(({ path, journal }) => [path, ...(journal === null ? [] : [journal.path])]);
    if (paths.some((path) => !known.has(path)) || new Set(paths).size !== paths.length)
      throw damaged('a note without its part');
    const ids = [...named, ...manifest.media].map(({ id }) => id as string);
    if (new Set(ids).size !== ids.length) throw damaged('something is there twice');
  }
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const { createHash } = await import('node:crypto');
  const sum = createHash('sha256');
  for await (const part of bytes) sum.update(part);
  return sum.digest('hex');
}

async function openZip(path: string): Promise<ZipReader> {
  return ZipReader.open(path, archiveLimits).catch(asDamage);
}

/** What is no sound ZIP is no sound archive. */
function asDamage(error: unknown): never {
  if (error instanceof AppError && error.code === 'import_unreadable')
    throw new AppError('archive_damaged', error.message, { cause: error });
  throw error;
}

function parsed<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new AppError('archive_damaged', 'a part that cannot be read', { cause });
  }
}

async function readManifest(zip: ZipReader): Promise<ArchiveManifest> {
  const bytes = await zip.read(manifestPath).catch(asDamage);
  const { key, signature } = parsed(await zip.read(signaturePath).catch(asDamage), signatureSchema);
  if (!isSignedBy(fromHex(key), signedBytes(hash('sha256', bytes, 'buffer')), fromHex(signature)))
    throw damaged('the list is not what was signed');
  const said: unknown = JSON.parse(Buffer.from(bytes).toString());
  const format = (said as { readonly format?: unknown } | null)?.format;
  if (typeof format === 'string' && format !== archiveFormat && /^calepin archive \d+$/.test(format))
    throw new AppError('archive_newer', `of the form ${format}`);
  const manifest = parsed(bytes, manifestSchema);
  if (manifest.key !== key) throw damaged('signed with another key than it says');
  return manifest;
}
