import { crc32 } from 'node:zlib';

/**
 * The checksum of what is stored beside the rows: CRC-32 over all its columns. Yjs accepts most damaged bytes silently; this does not.
 * @param columns - every column but the bytes, as they are stored.
 */
export function checksum(
  columns: readonly (string | number | null)[],
  ...parts: readonly Uint8Array[]
): number {
  let sum = crc32(JSON.stringify(columns));
  for (const part of parts) sum = crc32(part, sum);
  return sum;
}
