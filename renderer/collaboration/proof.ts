import type { DocumentId } from '#shared/domain/ids.ts';
import { type SignedHead, signedHeadBytes } from '#shared/protocol/SignedHead.ts';

/** The relay's word about a document's log, as this device keeps it. */
export interface Proof {
  readonly head: SignedHead;
  /** The key that came with it; 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Whether the signature holds, by the key that this device has of the relay; null where this browser cannot tell. */
  readonly isGenuine: boolean | null;
}

/** How a later word of the relay can disagree with the one that is kept. Each has a sentence in renderer/i18n (`collaboration.doubt.<kind>`). */
export const doubtKinds = [
  /** The log ends before a row that the relay had signed. */
  'shorter',
  /** Up to the same row, the log is another one. */
  'altered',
  /** The relay speaks with another key, or its signature does not hold. */
  'other_key',
] as const;
export type DoubtKind = (typeof doubtKinds)[number];

/** Two words of the relay that do not go together, kept until somebody has seen it. */
export interface Doubt {
  readonly kind: DoubtKind;
  readonly kept: Proof | null;
  /** Null where the relay only said where its log ends. */
  readonly later: Proof | null;
  /** Unix milliseconds. */
  readonly noticedAt: number;
}

/**
 * Holds a later word of the relay against the one that is kept.
 * @param pinned - the relay's key, as this device has it from the first time.
 * @returns null when they go together, or speak of two lives of the document.
 */
export function contradiction(kept: Proof | null, later: Proof, pinned: Uint8Array): DoubtKind | null {
  if (!areEqual(later.publicKey, pinned) || later.isGenuine === false) return 'other_key';
  if (kept === null || kept.head.epoch !== later.head.epoch) return null;
  if (later.head.seq < kept.head.seq) return 'shorter';
  return later.head.seq === kept.head.seq && !areEqual(later.head.digest, kept.head.digest)
    ? 'altered'
    : null;
}

/** @returns whether the signature holds; null where this browser cannot tell (no Ed25519, or a page that is not secure). */
export async function isGenuine(
  document: DocumentId,
  head: SignedHead,
  publicKey: Uint8Array,
): Promise<boolean | null> {
  try {
    const algorithm = { name: 'Ed25519' };
    const key = await crypto.subtle.importKey('raw', own(publicKey), algorithm, false, ['verify']);
    return await crypto.subtle.verify(
      algorithm,
      key,
      own(head.signature),
      own(signedHeadBytes(document, head)),
    );
  } catch {
    return null;
  }
}

/** Both words as text that the person who runs the relay can check (PROTOCOL.md, "Signed heads"). */
export function doubtAsText(document: DocumentId, doubt: Doubt): string {
  const word = (proof: Proof | null) =>
    proof && {
      epoch: proof.head.epoch,
      seq: proof.head.seq,
      digest: hex(proof.head.digest),
      time: proof.head.time,
      signature: hex(proof.head.signature),
      publicKey: hex(proof.publicKey),
    };
  const { kind, kept, later, noticedAt } = doubt;
  return JSON.stringify({ document, kind, noticedAt, kept: word(kept), later: word(later) }, null, 2);
}

const areEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** WebCrypto takes no view of shared memory. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
