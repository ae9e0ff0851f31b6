import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { type SignedHead, signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import type { SignedHeads } from '#server/log/SignedHeads.ts';

type Listener = Parameters<SignedHeads['onSigned']>[0];

/** Signs what a test says: also what an honest relay never would. */
export class TestHeads implements SignedHeads {
  publicKey: Uint8Array;
  #privateKey: KeyObject;
  readonly #latest = new Map<DocumentId, SignedHead>();
  readonly #listeners = new Set<Listener>();

  constructor() {
    ({ publicKey: this.publicKey, privateKey: this.#privateKey } = newKeys());
  }

  /** Another key, as of a relay that was replaced. */
  changeKey(): void {
    ({ publicKey: this.publicKey, privateKey: this.#privateKey } = newKeys());
  }

  /** @param digest - what fills the 32 bytes. */
  sign(document: DocumentId, epoch: Epoch, seq: number, digest: number): SignedHead {
    const head = { epoch, seq, digest: new Uint8Array(32).fill(digest), time: 1_700_000_000_000 };
    const signature = new Uint8Array(sign(null, signedHeadBytes(document, head), this.#privateKey));
    return { ...head, signature };
  }

  /** Tells everyone, and who comes later. */
  tell(document: DocumentId, head: SignedHead): void {
    this.#latest.set(document, head);
    for (const listener of this.#listeners) listener(document, head);
  }

  async latest(document: DocumentId): Promise<SignedHead | null> {
    return this.#latest.get(document) ?? null;
  }

  onSigned(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function newKeys(): { publicKey: Uint8Array; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  // The last 32 bytes of the DER form are the key itself (RFC 8410).
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { publicKey: new Uint8Array(der.subarray(der.length - 32)), privateKey };
}
