import * as encoding from 'lib0/encoding';
import type { DocumentId, Epoch } from '../domain/ids.ts';

/**
 * The relay's word about a document's log up to a row, signed with its Ed25519 key. Who keeps one can show later that a row up to there was altered, dropped
 * or swapped, also by somebody who holds the relay's database.
 */
export interface SignedHead {
  readonly epoch: Epoch;
  /** The last row that it speaks of. */
  readonly seq: number;
  /** SHA-256 chained over every row up to `seq`; 32 bytes. */
  readonly digest: Uint8Array;
  /** When it was signed: Unix milliseconds, the relay's clock. */
  readonly time: number;
  /** Ed25519 over `signedHeadBytes`; 64 bytes. */
  readonly signature: Uint8Array;
}

/**
 * The bytes that the relay signs.
 * @see PROTOCOL.md, "Signed heads"
 */
export function signedHeadBytes(document: DocumentId, head: Omit<SignedHead, 'signature'>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, 'calepin head 1');
    encoding.writeVarString(encoder, document);
    encoding.writeVarString(encoder, head.epoch);
    encoding.writeVarUint(encoder, head.seq);
    encoding.writeUint8Array(encoder, head.digest);
    encoding.writeVarUint(encoder, head.time);
  });
}
