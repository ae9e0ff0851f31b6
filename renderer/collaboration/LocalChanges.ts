import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { CalepinProvider } from './CalepinProvider.ts';
import { joinUpdates, type NumberedUpdate } from './joinUpdates.ts';
import { compactAboveRows, type DocumentHead, type NewUpdate, type OfflineStore } from './OfflineStore.ts';
import type { SaveLedger } from './SaveLedger.ts';

/** How long local changes wait to be sent and stored together, in milliseconds. Local commit is promised within 250 ms of a keystroke. */
export const localBatchMs = 40;
/** How long changes of others wait before they join this device's copy when nothing local takes them along. */
const remoteStoreMs = 2_000;

/** A local row of this device's copy, and the last local change in it. */
interface Row {
  readonly key: number;
  readonly through: number;
}

/** A row for this device's copy, and the last local change in it; 0 in one of others. */
type Unstored = NewUpdate & { readonly through: number };

/**
 * Rows of a backlog that are sent as they are; of a longer one neighbours are joined. As many as the relay takes without a pause (threat model, section 6: a burst of
 * 300, of which a row that waited costs a tenth).
 */
export const maxWaitingRows = 3_000;

export interface LocalChangesOptions {
  readonly doc: Y.Doc;
  readonly document: DocumentId;
  readonly store: OfflineStore;
  readonly ledger: SaveLedger;
  readonly provider: CalepinProvider;
  readonly head: () => DocumentHead;
  readonly onChange: () => void;
  /** The copy on this device can no longer be written. */
  readonly onStoreFailure: (error: unknown) => void;
}

/**
 * What happens to each change of an open document: a local one is counted, then stored here and sent, both at once and
 * neither waiting for the other; one of others is stored here before any local change that may rest on it.
 */
export class LocalChanges {
  readonly #options: LocalChangesOptions;
  /** Unacknowledged rows, oldest first. */
  #rows: Row[];
  /** Bursts of changes that the relay has not acknowledged, oldest first. */
  #unacknowledged: NumberedUpdate[];
  /** The changes of the burst that is being made. */
  #burst: NumberedUpdate[] = [];
  /** The last of them that was sent on the present connection. */
  #sentThrough = 0;
  #unstored: Unstored[] = [];
  /** Handed to the store, whose commit is not complete yet. */
  #beingStored: readonly Unstored[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #remoteTimer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #rowCount: number;
  #storedHead: DocumentHead | null = null;
  #isStopped = false;
  #storeFailed = false;

  /** @param loaded - what the copy held when the document was opened: its rows that are not acknowledged, each a change of its own. */
  constructor(
    options: LocalChangesOptions,
    loaded: { unacknowledged: readonly (Row & NumberedUpdate)[]; rowCount: number },
  ) {
    this.#options = options;
    this.#rows = loaded.unacknowledged.map(({ key, through }) => ({ key, through }));
    this.#unacknowledged = loaded.unacknowledged.map(({ key: _, ...change }) => change);
    this.#rowCount = loaded.rowCount;
    options.doc.on('update', this.#onUpdate);
  }

  /** Keys of the rows that the relay has not acknowledged. */
  get unacknowledgedKeys(): number[] {
    return this.#rows.map((row) => row.key);
  }

  /** The first clock of each client id whose structs, from there on, the relay has not acknowledged. */
  firstClocks(): Map<number, number> {
    const clocks = new Map<number, number>();
    for (const { update } of [...this.#unacknowledged, ...this.#burst]) {
      for (const [client, clock] of Y.parseUpdateMeta(update).from) {
        clocks.set(client, Math.min(clock, clocks.get(client) ?? clock));
      }
    }
    return clocks;
  }

  /**
   * Sends all that the relay has not acknowledged: bursts that waited, each a row of its own, with its time. On a connection that was just made, before anything else is
   * written on it.
   */
  sendAll(): void {
    this.#endBurst();
    const waiting = this.#unacknowledged;
    const together = Math.ceil(waiting.length / maxWaitingRows);
    this.#options.provider.sendRows(joinUpdates(waiting, undefined, together));
    this.#sentThrough = waiting.at(-1)?.through ?? 0;
  }

  /** A sync step 2 that carries every change leaves now. */
  sentAll(): void {
    this.#sentThrough = this.#options.ledger.made;
  }

  /** Changes of others, or the row up to which the copy is whole: they join this device's copy, soon and together. */
  storeSoon(): void {
    this.#remoteTimer ??= setTimeout(() => this.#write(), remoteStoreMs);
  }

  /** The relay's log went back: so does the head of this device's copy. */
  rewind(): void {
    const { store, document, head } = this.#options;
    this.#enqueue(() => store.rewind(document, head().seq));
  }

  /** Sends and stores what waits. @returns when this device's copy has everything that was done before the call. */
  async flush(): Promise<void> {
    this.#flushNow();
    this.#write();
    await this.#writing;
  }

  /**
   * The window may be gone in a moment: what this device does not have for certain is handed to it before this returns, also
   * what a write under way is about to give it. @returns when it is known to be there, should the window stay.
   */
  async leave(): Promise<void> {
    this.#flushNow();
    const { store, document, head } = this.#options;
    const words = [...this.#beingStored, ...this.#unstored];
    // What the relay has is not lost.
    if (words.every((row) => row.acknowledged)) return this.#writing;
    const kept = store.keepLastWords(document, words.map(withoutNumber), head().epoch).catch(() => null);
    await this.#writing;
    const letGo = await kept;
    // Kept twice, words are sent twice and stored once.
    if (!this.#storeFailed) await letGo?.().catch(() => {});
  }

  /** The relay has every change up to `through`: their rows are no longer an outbox. */
  acknowledge(through: number): void {
    this.#unacknowledged = this.#unacknowledged.filter((change) => change.through > through);
    const done = this.#rows.filter((row) => row.through <= through).map((row) => row.key);
    // Rows being written now are marked when their keys are known.
    this.#unstored = this.#unstored.map((row) =>
      row.through <= through ? { ...row, acknowledged: true } : row,
    );
    if (done.length === 0) return;
    this.#rows = this.#rows.filter((row) => row.through > through);
    this.#enqueue(() => this.#options.store.acknowledge(this.#options.document, done));
  }

  /** Stops storing and sending: changes are still counted, as in memory alone. What is already queued for this device is still written. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#remoteTimer !== null) clearTimeout(this.#remoteTimer);
    this.#timer = null;
    this.#remoteTimer = null;
  }

  readonly #onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    const { doc, ledger, provider, onChange } = this.#options;
    const self = doc.clientID;
    const isRemote =
      origin === provider.remoteOrigin &&
      (transaction.afterState.get(self) ?? 0) === (transaction.beforeState.get(self) ?? 0);
    if (this.#isStopped) {
      if (!isRemote) ledger.change();
      onChange();
      return;
    }
    if (isRemote) {
      this.#unstored.push({ update, acknowledged: true, through: 0 });
      this.storeSoon();
      return;
    }
    const through = ledger.change();
    this.#burst.push({ update, through, madeAt: Date.now() });
    this.#timer ??= setTimeout(() => this.#flushNow(), localBatchMs);
    onChange();
  };

  #flushNow(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#endBurst();
    this.#send();
    this.#write();
  }

  /** What was made since the last burst is one row, here and at the relay, whenever it gets there. */
  #endBurst(): void {
    const { acknowledged } = this.#options.ledger;
    const rows = joinUpdates(this.#burst);
    this.#burst = [];
    // A step 2 may have brought them to the relay before they were a row.
    this.#unacknowledged.push(...rows.filter((row) => row.through > acknowledged));
    this.#unstored.push(...rows.map((row) => ({ ...row, acknowledged: row.through <= acknowledged })));
  }

  #send(): void {
    const { provider } = this.#options;
    if (this.#isStopped || !provider.canSend) return;
    const unsent = this.#unacknowledged.filter(({ through }) => through > this.#sentThrough);
    for (const { update, through } of joinUpdates(unsent)) provider.send(update, through);
    this.#sentThrough = unsent.at(-1)?.through ?? this.#sentThrough;
  }

  /** Hands what is not stored yet to this device's copy, in order, in one transaction. */
  #write(): void {
    if (this.#remoteTimer !== null) clearTimeout(this.#remoteTimer);
    this.#remoteTimer = null;
    this.#enqueue(async () => {
      const { store, document, head, ledger, onChange } = this.#options;
      // What was made while another write was on its way is taken along: the window may be closed any moment.
      this.#endBurst();
      const waiting = this.#unstored;
      this.#unstored = [];
      const rows = joinUpdates(waiting, (one, next) => one.acknowledged && next.acknowledged);
      const current = head();
      // A whole document may be empty: that it is whole is worth keeping too.
      const isHeadNews = current.complete && current !== this.#storedHead;
      if (rows.length === 0 && !isHeadNews) return;
      this.#beingStored = rows;
      const keys = await store.append(document, rows.map(withoutNumber), current);
      this.#beingStored = [];
      this.#storedHead = current;
      for (const [at, row] of rows.entries()) {
        const key = keys[at];
        if (row.through > 0 && !row.acknowledged && key !== undefined)
          this.#rows.push({ key, through: row.through });
      }
      const newest = rows.reduce((most, row) => Math.max(most, row.through), 0);
      if (store.durable && newest > 0) ledger.storedHere(newest);
      if (ledger.acknowledged > 0) this.acknowledge(ledger.acknowledged);
      this.#rowCount += rows.length;
      onChange();
      if (this.#rowCount <= compactAboveRows) return;
      this.#rowCount = 0;
      await store.compact(document);
    });
  }

  /** One operation on this device's copy after the other. A failure ends the promises of « saved on this device ». */
  #enqueue(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(async () => {
      if (this.#storeFailed) return;
      try {
        await work();
      } catch (error) {
        this.#storeFailed = true;
        this.#options.onStoreFailure(error);
      }
    });
  }
}

const withoutNumber = ({ through: _, ...row }: Unstored): NewUpdate => row;
