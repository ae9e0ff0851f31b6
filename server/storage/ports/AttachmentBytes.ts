/** How much of a file `check` sees: a camera may write hundreds of kilobytes before an image's size. */
export const attachmentHeadBytes = 512 * 1024;

/** The bytes of attachments, named by their SHA-256 (lower-case hexadecimal), so that equal files are kept once. */
export interface AttachmentBytes {
  /**
   * Stores a stream as it comes; nothing is kept of one that is refused or fails.
   * @param maxBytes - larger streams are refused.
   * @param check - sees the first `attachmentHeadBytes` (or all of a shorter file) before anything is kept; throws to refuse.
   * @returns the digest and the length. The bytes are on the disk when the promise resolves.
   * @throws AppError `too_large`; whatever `check` throws; `storage_full` | `storage_failed`.
   */
  save(
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    check: (head: Uint8Array) => void,
  ): Promise<{ digest: string; bytes: number }>;
  /** Reads from byte `start` up to and with byte `end` (the whole file without them). Null when it is not there, or is no longer what was stored. */
  open(digest: string, range?: { start: number; end: number }): Promise<ReadableStream<Uint8Array> | null>;
  /** Takes bytes away that nobody holds any more; those that were saved again since `before` (Unix milliseconds) stay. */
  remove(digest: string, before: number): Promise<void>;
  /** The whole file; null as with `open`. */
  read(digest: string): Promise<Uint8Array | null>;
}
