import type { DeviceId, DocumentId } from '#shared/domain/ids.ts';
import { mergeRows } from './mergeRows.ts';
import {
  type DocumentHead,
  EpochConflictError,
  mergeHeads,
  type NewUpdate,
  type OfflineStore,
  type RecoveredCopy,
  type StoredDocument,
  type StoredUpdate,
} from './OfflineStore.ts';
import { randomId } from './randomId.ts';

interface Entry {
  head: DocumentHead;
  rows: StoredUpdate[];
}

/** For visitors and for browsers that keep nothing: the same behaviour, gone with the window. */
export class MemoryOfflineStore implements OfflineStore {
  readonly durable: boolean;
  readonly deviceId: DeviceId = randomId<DeviceId>();
  readonly #documents = new Map<DocumentId, Entry>();
  #recovered: RecoveredCopy[] = [];
  #nextKey = 1;
  #relayKey: Uint8Array | null = null;

  /** @param options.durable - pretends to be durable, for tests of what stands on a durable store. */
  constructor(options: { durable?: boolean } = {}) {
    this.durable = options.durable ?? false;
  }

  async load(document: DocumentId): Promise<StoredDocument | null> {
    const entry = this.#documents.get(document);
    return entry === undefined ? null : { head: entry.head, updates: [...entry.rows] };
  }

  async append(document: DocumentId, updates: readonly NewUpdate[], head: DocumentHead): Promise<number[]> {
    const entry = this.#documents.get(document) ?? { head, rows: [] };
    if (entry.head.epoch !== null && head.epoch !== null && entry.head.epoch !== head.epoch)
      throw new EpochConflictError();
    entry.head = mergeHeads(entry.head, head);
    const rows = updates.map((row) => ({ ...row, key: this.#nextKey++ }));
    entry.rows.push(...rows);
    this.#documents.set(document, entry);
    return rows.map((row) => row.key);
  }

  async rewind(document: DocumentId, seq: number): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry !== undefined) entry.head = { ...entry.head, seq };
  }

  async pinRelayKey(publicKey: Uint8Array, replace = false): Promise<Uint8Array> {
    if (this.#relayKey === null || replace) this.#relayKey = publicKey;
    return this.#relayKey;
  }

  async acknowledge(document: DocumentId, keys: readonly number[]): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry !== undefined) {
      entry.rows = entry.rows.map((row) => (keys.includes(row.key) ? { ...row, acknowledged: true } : row));
    }
  }

  async compact(document: DocumentId): Promise<void> {
    const entry = this.#documents.get(document);
    const known = entry?.rows.filter((row) => row.acknowledged) ?? [];
    if (entry === undefined || known.length < 2) return;
    const merged = {
      key: this.#nextKey++,
      acknowledged: true,
      update: mergeRows(known.map((row) => row.update)),
    };
    entry.rows = [...entry.rows.filter((row) => !row.acknowledged), merged];
  }

  async forget(document: DocumentId): Promise<void> {
    this.#documents.delete(document);
  }

  async recover(copy: RecoveredCopy, keys: readonly number[] | 'all'): Promise<void> {
    this.#recovered.push(copy);
    const entry = this.#documents.get(copy.document);
    if (keys === 'all') this.#documents.delete(copy.document);
    else if (entry !== undefined) {
      entry.rows = entry.rows.filter((row) => !keys.includes(row.key));
      entry.head = { ...entry.head, seq: 0 };
    }
  }

  async listRecovered(document?: DocumentId): Promise<RecoveredCopy[]> {
    return this.#recovered
      .filter((copy) => document === undefined || copy.document === document)
      .sort((a, b) => b.savedAt - a.savedAt);
  }

  async removeRecovered(id: string): Promise<void> {
    this.#recovered = this.#recovered.filter((copy) => copy.id !== id);
  }

  async close(): Promise<void> {}
}
