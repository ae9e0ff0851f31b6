import type { DeviceId, DocumentId, Epoch } from '#shared/domain/ids.ts';
import { mergeRows } from './mergeRows.ts';
import {
  type DocumentHead,
  EpochConflictError,
  headOf,
  mergeHeads,
  type NewUpdate,
  type OfflineStore,
  type RecoveredCopy,
  type StoredDocument,
  type StoredUpdate,
} from './OfflineStore.ts';
import { randomId } from './randomId.ts';

interface Entry {
  /** None while there are only last words. */
  head: DocumentHead | undefined;
  rows: (StoredUpdate & NewRow)[];
}

type NewRow = NewUpdate & { readonly epoch?: Epoch };

/** For visitors and for browsers that keep nothing: the same behaviour, gone with the window. */
export class MemoryOfflineStore implements OfflineStore {
  readonly durable: boolean;
  readonly deviceId: DeviceId = randomId<DeviceId>();
  readonly #documents = new Map<DocumentId, Entry>();
  #recovered: RecoveredCopy[] = [];
  #lastWords: { readonly document: DocumentId; readonly rows: readonly NewRow[] }[] = [];
  #nextKey = 1;
  #relayKey: Uint8Array | null = null;

  /** @param options.durable - pretends to be durable, for tests of what stands on a durable store. */
  constructor(options: { durable?: boolean } = {}) {
    this.durable = options.durable ?? false;
  }

  async documents(): Promise<DocumentId[]> {
    return [...new Set([...this.#documents.keys(), ...this.#lastWords.map(({ document }) => document)])];
  }

  async load(document: DocumentId): Promise<StoredDocument | null> {
    for (const { rows } of this.#lastWords.filter((words) => words.document === document)) {
      this.#add(this.#entryOf(document), rows);
    }
    this.#lastWords = this.#lastWords.filter((words) => words.document !== document);
    const entry = this.#documents.get(document);
    const head = headOf(entry?.head, entry?.rows ?? []);
    if (entry === undefined || head === null) return null;
    return { head, updates: entry.rows.map(({ epoch: _, ...row }) => row) };
  }

  async append(document: DocumentId, updates: readonly NewUpdate[], head: DocumentHead): Promise<number[]> {
    const entry = this.#entryOf(document);
    const before = entry.head?.epoch ?? null;
    if (before !== null && head.epoch !== null && before !== head.epoch) throw new EpochConflictError();
    entry.head = mergeHeads(entry.head, head);
    return this.#add(entry, updates);
  }

  async keepLastWords(
    document: DocumentId,
    updates: readonly NewUpdate[],
    epoch: Epoch | null,
  ): Promise<() => Promise<void>> {
    const rows = updates.map((row) => (epoch === null ? row : { ...row, epoch }));
    const words = { document, rows };
    this.#lastWords.push(words);
    return async () => {
      this.#lastWords = this.#lastWords.filter((one) => one !== words);
    };
  }

  #entryOf(document: DocumentId): Entry {
    const entry = this.#documents.get(document) ?? { head: undefined, rows: [] };
    this.#documents.set(document, entry);
    return entry;
  }

  #add(entry: Entry, updates: readonly NewRow[]): number[] {
    const rows = updates.map((row) => ({ ...row, key: this.#nextKey++ }));
    entry.rows.push(...rows);
    return rows.map((row) => row.key);
  }

  async rewind(document: DocumentId, seq: number): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry?.head !== undefined) entry.head = { ...entry.head, seq };
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
      if (entry.head !== undefined) entry.head = { ...entry.head, seq: 0 };
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
