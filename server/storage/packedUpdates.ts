/** Many updates in one piece of memory: they go to another thread as two buffers. As an array each would be copied, named and counted on both sides. */
export interface PackedUpdates {
  /** One after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Copies updates into one piece. */
export function packUpdates(updates: readonly Uint8Array[]): PackedUpdates {
  const ends = new Uint32Array(updates.length);
  let size = 0;
  for (const [index, update] of updates.entries()) ends[index] = size += update.length;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const update of updates) {
    bytes.set(update, at);
    at += update.length;
  }
  return { bytes, ends };
}

/** The updates again, as views. */
export function unpackUpdates({ bytes, ends }: PackedUpdates): Uint8Array[] {
  return Array.from(ends, (end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}
