import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { Fault } from '../backup/Fault.ts';
import type { Segment } from '../storage/ports/Segment.ts';

/** A head, and the key that signed it (Ed25519, 32 bytes). */
export interface KeyedHead {
  readonly head: SignedHead;
  readonly publicKey: Uint8Array;
}

/** What a document's log turned out to be, read from its first row to its last. */
export interface Examined {
  readonly epoch: Epoch;
  /** The last row. */
  readonly last: number;
  /** The chain's digest at the row that was asked about, made from what the rows say; null where they do not lead there, and where that row is gone on purpose. */
  readonly digest: Uint8Array | null;
  /** What is not as it was written. */
  readonly faults: readonly Fault[];
  /** Those of the present epoch that agree with the rows, oldest first. */
  readonly heads: readonly KeyedHead[];
  /** Ranges of which one update is left, each with the relay's statement, in order. */
  readonly thinned: readonly Segment[];
}

/**
 * Reads a whole log and holds it against its chain and its signed heads. Nobody else waits for it.
 * @param at - the row whose digest is wanted.
 * @param signal - aborted when nobody waits for the answer any more.
 * @returns null for an unknown document.
 */
export type ExamineLog = (document: DocumentId, at: number, signal?: AbortSignal) => Promise<Examined | null>;
