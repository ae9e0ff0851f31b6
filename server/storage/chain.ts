import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { LogRow } from './ports/UpdateLog.ts';

/** Bytes of a digest of the chain. */
export const digestBytes = 32;

/** What keeps a row as it was written. */
export interface Seal {
  /** CRC-32 of the row's bytes: finds accidents, at each read. */
  readonly checksum: number;
  /** SHA-256 of the digest before and the row's bytes: finds intent, and what is missing or out of place. */
  readonly digest: Uint8Array;
}

/** Rows are hashed in one call: most are a few dozen bytes, and a call costs more than those. */
const scratch = Buffer.allocUnsafe(64 * 1024);

/** The digest on which a document's first row builds. @see PROTOCOL.md, "Signed heads" */
export function firstDigest(document: DocumentId): Uint8Array {
  return hash('sha256', `calepin log 1${document}`, 'buffer');
}

/**
 * Seals a row.
 * @param before - the digest of the row before it, `firstDigest` for the first.
 * @see PROTOCOL.md, "Signed heads"
 */
export function sealRow(row: LogRow, before: Uint8Array): Seal {
  const columns = columnsOf(row);
  // Three bytes a character at most, in UTF-8.
  if (digestBytes + columns.length * 3 + row.bytes.length > scratch.length) return sealLarge(row, before);
  scratch.set(before);
  const textEnd = digestBytes + scratch.write(columns, digestBytes);
  scratch.set(row.bytes, textEnd);
  const end = textEnd + row.bytes.length;
  return {
    checksum: crc32(scratch.subarray(digestBytes, end)),
    digest: hash('sha256', scratch.subarray(0, end), 'buffer'),
  };
}

/** The checksum alone. */
export function rowChecksum(row: LogRow): number {
  return crc32(row.bytes, crc32(columnsOf(row)));
}

/** It covers the document and the place too: a row moved elsewhere does not agree. */
function columnsOf({ document, seq, time, person, device, deviceTime, via, operation }: LogRow): string {
  return JSON.stringify([document, seq, time, person, device, deviceTime, via, operation]);
}

function sealLarge(row: LogRow, before: Uint8Array): Seal {
  const digest = createHash('sha256').update(before).update(columnsOf(row)).update(row.bytes).digest();
  return { checksum: rowChecksum(row), digest };
}
