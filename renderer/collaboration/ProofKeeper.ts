import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { DocumentHead, OfflineStore } from './OfflineStore.ts';
import { contradiction, type DoubtKind, isGenuine, type Proof } from './proof.ts';

export interface ProofKeeperOptions {
  readonly document: DocumentId;
  readonly store: OfflineStore;
  readonly head: () => DocumentHead;
  /** The head of this device's copy is to be changed, and stored. */
  readonly change: (part: Pick<DocumentHead, 'proof' | 'doubt'>) => void;
}

/**
 * Keeps the relay's newest signed word with the copy on this device, and notices when a later one disagrees. What disagrees is kept too: it
 * changes nothing of the document or of saving.
 */
export class ProofKeeper {
  readonly #options: ProofKeeperOptions;
  #weighing: Promise<void> = Promise.resolve();

  constructor(options: ProofKeeperOptions) {
    this.#options = options;
  }

  /** A signed head came. */
  weigh(head: SignedHead, publicKey: Uint8Array): Promise<void> {
    this.#weighing = this.#weighing.then(async () => {
      const { document, store } = this.#options;
      if (head.epoch !== this.#options.head().epoch) return;
      const pinned = await store.pinRelayKey(publicKey);
      const later: Proof = { head, publicKey, isGenuine: await isGenuine(document, head, pinned) };
      const kept = this.#options.head().proof ?? null;
      const kind = contradiction(kept, later, pinned);
      if (kind === null) this.#options.change({ proof: later });
      else this.#doubt(kind, later);
    });
    return this.#weighing;
  }

  /** The relay said where its log ends. */
  endsAt(epoch: Epoch, seq: number): void {
    const { proof } = this.#options.head();
    if (proof?.head.epoch === epoch && seq < proof.head.seq) this.#doubt('shorter', null);
  }

  /** Somebody has seen the doubt: from now on the later word counts. */
  async settle(): Promise<void> {
    const { doubt, proof } = this.#options.head();
    if (doubt == null) return;
    if (doubt.later !== null) await this.#options.store.pinRelayKey(doubt.later.publicKey, true);
    this.#options.change({ proof: doubt.kind === 'other_key' ? (proof ?? null) : doubt.later, doubt: null });
  }

  #doubt(kind: DoubtKind, later: Proof | null): void {
    const { doubt, proof } = this.#options.head();
    // The first disagreement is the one to look at.
    if (doubt != null) return;
    this.#options.change({ doubt: { kind, kept: proof ?? null, later, noticedAt: Date.now() } });
  }
}
