import type { DocumentId } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';

/** Where the relay's word about its logs is had. Heads are signed now and then, never with each row: the latest may be half a minute behind. */
export interface SignedHeads {
  /** The relay's Ed25519 public key, 32 bytes as in RFC 8032. */
  readonly publicKey: Uint8Array;
  /** The latest of a document's present epoch; null before the first. */
  latest(document: DocumentId): Promise<SignedHead | null>;
  /** Called after a newer one was signed and stored. Returns the way to stop listening. */
  onSigned(listener: (document: DocumentId, head: SignedHead) => void): () => void;
}
