import { createHash } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import { attachmentHeadBytes, type AttachmentBytes } from '../ports/AttachmentBytes.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** The bytes of attachments in memory. */
export class MemoryAttachmentBytes implements AttachmentBytes {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async save(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    check: (head: Uint8Array) => void,
  ): Promise<{ digest: string; bytes: number }> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of source) {
      bytes += part.length;
      if (bytes > maxBytes) throw new AppError('too_large', 'the file is larger than allowed');
      parts.push(part);
    }
    const whole = new Uint8Array(Buffer.concat(parts));
    check(whole.subarray(0, attachmentHeadBytes));
    const digest = createHash('sha256').update(whole).digest('hex');
    this.#tables.attachmentBytes.set(digest, whole);
    return { digest, bytes };
  }

  async open(
    digest: string,
    range?: { start: number; end: number },
  ): Promise<ReadableStream<Uint8Array> | null> {
    const whole = this.#tables.attachmentBytes.get(digest);
    if (whole === undefined) return null;
    const part = range === undefined ? whole : whole.subarray(range.start, range.end + 1);
    return new ReadableStream({
      start(controller) {
        if (part.length > 0) controller.enqueue(part);
        controller.close();
      },
    });
  }

  async remove(digest: string): Promise<void> {
    this.#tables.attachmentBytes.delete(digest);
  }

  async read(digest: string): Promise<Uint8Array | null> {
    return this.#tables.attachmentBytes.get(digest) ?? null;
  }
}
