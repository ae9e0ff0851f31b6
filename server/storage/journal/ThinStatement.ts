import { createPublicKey, hash, verify } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { digestBytes } from '../chain.ts';
import type { Segment } from '../ports/Segment.ts';
import { maxUnpackedBytes } from './segmentFormat.ts';

/** What the relay says of a range of rows that it thinned to one update: the ends of the chain stay, the rows between are gone on purpose. */
export interface ThinStatement {
  /** The chain's digest before the first row. */
  readonly before: Uint8Array;
  /** When the last of the rows was written; the update that stands for them bears it. */
  readonly lastTime: number;
  /** When they were thinned. */
  readonly time: number;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Over `thinStatementBytes`; 64 bytes. */
  readonly signature: Uint8Array;
  /** Whether the segment holds the update as zstd; those of before hold it as it is. */
  readonly isPacked: boolean;
}

const signatureBytes = 64;

/** The bytes that are signed. @param segment - its bytes are the update, unpacked. */
export function thinStatementBytes(
  { document, first, last, digest, bytes }: Omit<Segment, 'statement'>,
  { before, lastTime, time }: Pick<ThinStatement, 'before' | 'lastTime' | 'time'>,
): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, 'calepin thin 1');
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, first);
    encoding.writeVarUint(encoder, last);
    encoding.writeUint8Array(encoder, before);
    encoding.writeUint8Array(encoder, digest);
    encoding.writeUint8Array(encoder, hash('sha256', bytes, 'buffer'));
    encoding.writeVarUint(encoder, lastTime);
    encoding.writeVarUint(encoder, time);
  });
}

/** As it is stored with the segment. */
export function encodeStatement(statement: ThinStatement): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, statement.before);
    encoding.writeVarUint(encoder, statement.lastTime);
    encoding.writeVarUint(encoder, statement.time);
    encoding.writeUint8Array(encoder, statement.publicKey);
    encoding.writeUint8Array(encoder, statement.signature);
    if (statement.isPacked) encoding.writeUint8(encoder, 1);
  });
}

/** The update that stands for the rows. @throws Error when these are not its bytes. */
export function thinnedUpdate(
  { bytes }: Pick<Segment, 'bytes'>,
  { isPacked }: Pick<ThinStatement, 'isPacked'>,
): Uint8Array {
  return isPacked ? zstdDecompressSync(bytes, { maxOutputLength: maxUnpackedBytes }) : bytes;
}

/** @throws Error when these are not the bytes of a statement. */
export function decodeStatement(bytes: Uint8Array): ThinStatement {
  const decoder = decoding.createDecoder(bytes);
  return {
    before: decoding.readUint8Array(decoder, digestBytes),
    lastTime: decoding.readVarUint(decoder),
    time: decoding.readVarUint(decoder),
    publicKey: decoding.readUint8Array(decoder, digestBytes),
    signature: decoding.readUint8Array(decoder, signatureBytes),
    isPacked: decoding.hasContent(decoder) && decoding.readUint8(decoder) === 1,
  };
}

/** Whether an Ed25519 signature holds. @param publicKey - 32 bytes, as in RFC 8032. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}
