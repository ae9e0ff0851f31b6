import { hash } from 'node:crypto';
import type { Attachment } from '#shared/api/attachments.ts';
import type { AttachmentId } from '#shared/domain/ids.ts';
import type { ArchivedMedium, ArchiveManifest } from '../../archive/archiveFormat.ts';
import type { ZipWriter } from '../ZipWriter.ts';

/** Files whose bytes are at hand: one at a time. */
export type LoadFile = (
  id: AttachmentId,
) => Promise<{ readonly about: Attachment; readonly bytes: Uint8Array } | null>;

/** Bytes that make whole groups of base64. */
const groupBytes = 3 * 256 * 1024;

/**
 * The one file of an archive as it is written: a page, in which each picture, sound, film and file stands once; behind it, where no browser reads on, a ZIP of everything else. Nothing is held but
 * what is being written.
 */
export class ArchiveFile {
  readonly media: ArchivedMedium[] = [];
  readonly parts: ArchiveManifest['parts'] = [];
  readonly #zip: ZipWriter;
  readonly #load: LoadFile;
  readonly #at: number;
  /** Those that were asked for, whether they were there or not. */
  readonly #seen = new Map<AttachmentId, Attachment | null>();

  /** @param at - the time that its entries bear, Unix milliseconds. */
  constructor(zip: ZipWriter, load: LoadFile, at: number) {
    this.#zip = zip;
    this.#load = load;
    this.#at = at;
  }

  async text(html: string): Promise<void> {
    await this.#zip.preface(Buffer.from(html));
  }

  /** What is known of a file that was written; null for one that was not. */
  known(id: AttachmentId): Attachment | null {
    return this.#seen.get(id) ?? null;
  }

  /** What is known of a file; null for one that is gone, or not for the reader. */
  async lookAt(id: AttachmentId): Promise<Attachment | null> {
    const seen = this.#seen.get(id);
    if (seen !== undefined) return seen;
    return (await this.#load(id))?.about ?? null;
  }

  isWritten(id: AttachmentId): boolean {
    return this.#seen.has(id);
  }

  /** Writes the address under which a page shows a file: its bytes, at its first place and at each other one. */
  async address(id: AttachmentId): Promise<void> {
    const file = await this.#load(id);
    if (!this.#seen.has(id)) this.#seen.set(id, file?.about ?? null);
    if (file === null) return;
    const { about, bytes } = file;
    await this.text(`data:${about.type};base64,`);
    const at = this.#zip.length;
    for (let from = 0; from < bytes.length; from += groupBytes)
      await this.text(Buffer.from(bytes.subarray(from, from + groupBytes)).toString('base64'));
    if (this.media.some((one) => one.id === id)) return;
    this.media.push({
      ...about,
      bytes: bytes.length,
      sha256: hash('sha256', bytes, 'hex'),
      at,
      length: this.#zip.length - at,
    });
  }

  /** Adds a part behind the page; the last of the page was written before. @param packs - false for bytes that are packed already. */
  async part(path: string, bytes: Uint8Array, packs = true): Promise<void> {
    await this.#zip.add(path, bytes, this.#at, packs);
    this.parts.push({ path, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex') });
  }

  /** The same, for what no list names. */
  async unlisted(path: string, bytes: Uint8Array): Promise<void> {
    await this.#zip.add(path, bytes, this.#at);
  }
}
