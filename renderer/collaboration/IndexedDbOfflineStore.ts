import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DeviceId, DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { hasDatabase } from '../platform/hasDatabase.ts';
import { crc32 } from './crc32.ts';
import { mergeRows } from './mergeRows.ts';
import {
  DamagedCopyError,
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
import {
  type CountedRows,
  countRows,
  isSound,
  type SealedHead,
  sealHead,
  uncountRows,
  withoutSeal,
} from './sealedHead.ts';

interface UpdateRow {
  readonly document: DocumentId;
  readonly update: Uint8Array;
  readonly acknowledged: boolean;
  readonly madeAt?: number;
  readonly checksum: number;
  /** Of last words. */
  readonly epoch?: Epoch;
}

interface Schema extends DBSchema {
  device: { key: 'id' | 'relayKey'; value: DeviceId | Uint8Array };
  heads: { key: DocumentId; value: SealedHead };
  updates: { key: number; value: UpdateRow; indexes: { document: DocumentId } };
  recovered: { key: string; value: RecoveredCopy; indexes: { document: DocumentId } };
}

/** Rows of windows that went. */
interface LastWordsSchema extends DBSchema {
  rows: { key: number; value: UpdateRow; indexes: { document: DocumentId } };
}

/** A promise of « saved on this device » needs the bytes to be on the disk, not in the browser's buffers. */
const strict = { durability: 'strict' } as const;

const nameOf = (personId: PersonId): string => `calepin-${personId}`;
const lastWordsPrefix = 'calepin-last-words-';

/** Changes a head, if there is one, and what it says of its rows. One without a seal is given none: its rows are counted at the next `append`. */
async function reseal(
  heads: {
    get(document: DocumentId): Promise<SealedHead | undefined>;
    put(head: SealedHead, document: DocumentId): Promise<unknown>;
  },
  document: DocumentId,
  count: (counted: CountedRows) => CountedRows,
  change: Pick<Partial<DocumentHead>, 'seq'> = {},
): Promise<void> {
  const before = await heads.get(document);
  if (before === undefined) return;
  const head = { ...before, ...change };
  await heads.put(
    before.counted === undefined ? head : sealHead(before, head, count(before.counted)),
    document,
  );
}

/** Each document that rows are of, once. */
async function documentsOf(index: {
  openKeyCursor(
    query: null,
    direction: 'nextunique',
  ): Promise<{ readonly key: DocumentId; continue(): Promise<unknown> } | null>;
}): Promise<DocumentId[]> {
  const found: DocumentId[] = [];
  let cursor = await index.openKeyCursor(null, 'nextunique');
  while (cursor !== null) {
    found.push(cursor.key);
    cursor = (await cursor.continue()) as typeof cursor;
  }
  return found;
}

/**
 * Copies of documents in this browser's IndexedDB: one database a person, so that one person's unsent words are never sent by
 * another. Every method is one transaction, which is what keeps several windows from undoing each other.
 */
export class IndexedDbOfflineStore implements OfflineStore {
  readonly durable = true;
  readonly deviceId: DeviceId;
  readonly #database: IDBPDatabase<Schema>;
  /**
   * A database of its own: Chromium carries out a commit that was asked for though the page is gone by then, but not of a
   * transaction that still waits for another in the same database.
   */
  readonly #lastWords: IDBPDatabase<LastWordsSchema>;

  private constructor(
    database: IDBPDatabase<Schema>,
    lastWords: IDBPDatabase<LastWordsSchema>,
    deviceId: DeviceId,
  ) {
    this.#database = database;
    this.#lastWords = lastWords;
    this.deviceId = deviceId;
  }

  /** Whether this browser may have something of a person. */
  static keeps(personId: PersonId): Promise<boolean> {
    return hasDatabase(nameOf(personId));
  }

  /** Of whom this browser may have something. Other databases of this origin share the prefix of the copies: that of the last words is theirs alone. */
  static async people(): Promise<PersonId[]> {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    return names
      .filter((name) => name.startsWith(lastWordsPrefix))
      .map((name) => name.slice(lastWordsPrefix.length) as PersonId);
  }

  /**
   * Opens, or makes, the databases of one person.
   * @throws DOMException when the browser keeps nothing here (private window, storage denied).
   */
  static async open(personId: PersonId): Promise<IndexedDbOfflineStore> {
    // A newer application wants to change the database: it must not wait for this window.
    const blocking = (_current: number, _blocked: number | null, event: IDBVersionChangeEvent) =>
      (event.target as IDBDatabase).close();
    const [database, lastWords] = await Promise.all([
      // 2: heads are sealed. A window of an older application, which would not keep the seal, is closed by that.
      openDB<Schema>(nameOf(personId), 2, {
        upgrade(fresh, oldVersion) {
          if (oldVersion > 0) return;
          fresh.createObjectStore('device');
          fresh.createObjectStore('heads');
          fresh.createObjectStore('updates', { autoIncrement: true }).createIndex('document', 'document');
          fresh.createObjectStore('recovered', { keyPath: 'id' }).createIndex('document', 'document');
        },
        blocking,
      }),
      openDB<LastWordsSchema>(`${lastWordsPrefix}${personId}`, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('rows', { autoIncrement: true }).createIndex('document', 'document');
        },
        blocking,
      }),
    ]);
    const transaction = database.transaction('device', 'readwrite', strict);
    let deviceId = (await transaction.store.get('id')) as DeviceId | undefined;
    if (deviceId === undefined) {
      deviceId = randomId<DeviceId>();
      await transaction.store.put(deviceId, 'id');
    }
    await transaction.done;
    return new IndexedDbOfflineStore(database, lastWords, deviceId);
  }

  async documents(): Promise<DocumentId[]> {
    const [heads, rows, words] = await Promise.all([
      this.#database.getAllKeys('heads'),
      documentsOf(this.#database.transaction('updates').store.index('document')),
      documentsOf(this.#lastWords.transaction('rows').store.index('document')),
    ]);
    return [...new Set([...heads, ...rows, ...words])];
  }

  async load(document: DocumentId): Promise<StoredDocument | null> {
    await this.#takeLastWords(document);
    const transaction = this.#database.transaction(['heads', 'updates'], 'readonly');
    const index = transaction.objectStore('updates').index('document');
    const [kept, rows, keys] = await Promise.all([
      transaction.objectStore('heads').get(document),
      index.getAll(document),
      index.getAllKeys(document),
    ]);
    await transaction.done;
    const head = headOf(kept === undefined ? undefined : withoutSeal(kept), rows);
    if (head === null) return null;
    const [sound, damaged]: [StoredUpdate[], StoredUpdate[]] = [[], []];
    for (const [at, { document: _, epoch: __, checksum, ...row }] of rows.entries()) {
      (crc32(row.update) === checksum ? sound : damaged).push({ ...row, key: keys[at] ?? 0 });
    }
    if (damaged.length > 0 || !isSound(kept, rows)) throw new DamagedCopyError(sound, damaged);
    return { head, updates: sound };
  }

  async append(document: DocumentId, updates: readonly NewUpdate[], head: DocumentHead): Promise<number[]> {
    const transaction = this.#database.transaction(['heads', 'updates'], 'readwrite', strict);
    const heads = transaction.objectStore('heads');
    const before = await heads.get(document);
    if (before !== undefined && before.epoch !== null && head.epoch !== null && before.epoch !== head.epoch) {
      transaction.abort();
      await transaction.done.catch(() => {});
      throw new EpochConflictError();
    }
    const store = transaction.objectStore('updates');
    const there = before?.counted ?? countRows(await store.index('document').getAll(document));
    const added = updates.map((row) => ({ ...row, document, checksum: crc32(row.update) }));
    await heads.put(sealHead(before, mergeHeads(before, head), countRows(added, there)), document);
    const keys = await Promise.all(added.map((row) => store.add(row)));
    await transaction.done;
    return keys;
  }

  async keepLastWords(
    document: DocumentId,
    updates: readonly NewUpdate[],
    epoch: Epoch | null,
  ): Promise<() => Promise<void>> {
    const transaction = this.#lastWords.transaction('rows', 'readwrite', strict);
    const named = epoch === null ? {} : { epoch };
    const added = updates.map((row) =>
      transaction.store.add({ ...row, ...named, document, checksum: crc32(row.update) }),
    );
    transaction.commit();
    const [keys] = await Promise.all([Promise.all(added), transaction.done]);
    return () => this.#letGoOf(keys);
  }

  /** What windows left behind joins the copy. Stopped between the two, it joins it twice, which changes nothing. */
  async #takeLastWords(document: DocumentId): Promise<void> {
    const left = this.#lastWords.transaction('rows').store.index('document');
    const [rows, keys] = await Promise.all([left.getAll(document), left.getAllKeys(document)]);
    if (rows.length === 0) return;
    const transaction = this.#database.transaction(['heads', 'updates'], 'readwrite', strict);
    const store = transaction.objectStore('updates');
    await reseal(transaction.objectStore('heads'), document, (counted) => countRows(rows, counted));
    await Promise.all(rows.map((row) => store.add(row)));
    await transaction.done;
    await this.#letGoOf(keys);
  }

  async #letGoOf(keys: readonly number[]): Promise<void> {
    const transaction = this.#lastWords.transaction('rows', 'readwrite');
    await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
  }

  async rewind(document: DocumentId, seq: number): Promise<void> {
    const transaction = this.#database.transaction('heads', 'readwrite', strict);
    await reseal(transaction.store, document, (counted) => counted, { seq });
    await transaction.done;
  }

  async pinRelayKey(publicKey: Uint8Array, replace = false): Promise<Uint8Array> {
    const transaction = this.#database.transaction('device', 'readwrite', strict);
    let kept = (await transaction.store.get('relayKey')) as Uint8Array | undefined;
    if (kept === undefined || replace) {
      kept = publicKey;
      await transaction.store.put(publicKey, 'relayKey');
    }
    await transaction.done;
    return kept;
  }

  async acknowledge(_document: DocumentId, keys: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction('updates', 'readwrite');
    for (const key of keys) {
      const row = await transaction.store.get(key);
      if (row !== undefined) await transaction.store.put({ ...row, acknowledged: true }, key);
    }
    await transaction.done;
  }

  async compact(document: DocumentId): Promise<void> {
    const transaction = this.#database.transaction(['heads', 'updates'], 'readwrite', strict);
    const store = transaction.objectStore('updates');
    const index = store.index('document');
    const [head, rows, keys] = await Promise.all([
      transaction.objectStore('heads').get(document),
      index.getAll(document),
      index.getAllKeys(document),
    ]);
    const known = rows.flatMap((row, at) => (row.acknowledged ? [{ row, key: keys[at] ?? 0 }] : []));
    // A damaged copy is left as it is: the next load reports it.
    if (
      known.length > 1 &&
      isSound(head, rows) &&
      known.every(({ row }) => crc32(row.update) === row.checksum)
    ) {
      const update = mergeRows(known.map(({ row }) => row.update));
      const sum = { document, update, acknowledged: true, checksum: crc32(update) };
      const rest = rows.filter(({ acknowledged }) => !acknowledged);
      await Promise.all([
        reseal(transaction.objectStore('heads'), document, () => countRows([...rest, sum])),
        store.add(sum),
        ...known.map(({ key }) => store.delete(key)),
      ]);
    }
    await transaction.done;
  }

  async forget(document: DocumentId): Promise<void> {
    const transaction = this.#database.transaction(['heads', 'updates'], 'readwrite', strict);
    const store = transaction.objectStore('updates');
    const keys = await store.index('document').getAllKeys(document);
    await Promise.all([
      transaction.objectStore('heads').delete(document),
      ...keys.map((key) => store.delete(key)),
    ]);
    await transaction.done;
  }

  async recover(copy: RecoveredCopy, keys: readonly number[] | 'all'): Promise<void> {
    const transaction = this.#database.transaction(['heads', 'updates', 'recovered'], 'readwrite', strict);
    const store = transaction.objectStore('updates');
    const heads = transaction.objectStore('heads');
    const [rows, keysThere] = await Promise.all([
      store.index('document').getAll(copy.document),
      store.index('document').getAllKeys(copy.document),
    ]);
    const gone = keys === 'all' ? keysThere : keys;
    const taken = rows.filter((_, at) => gone.includes(keysThere[at] ?? 0));
    await Promise.all([
      transaction.objectStore('recovered').put(copy),
      keys === 'all'
        ? heads.delete(copy.document)
        : reseal(heads, copy.document, (counted) => uncountRows(taken, counted), { seq: 0 }),
      ...gone.map((key) => store.delete(key)),
    ]);
    await transaction.done;
  }

  async listRecovered(document?: DocumentId): Promise<RecoveredCopy[]> {
    const copies =
      document === undefined
        ? await this.#database.getAll('recovered')
        : await this.#database.getAllFromIndex('recovered', 'document', document);
    return copies.sort((a, b) => b.savedAt - a.savedAt);
  }

  async removeRecovered(id: string): Promise<void> {
    await this.#database.delete('recovered', id);
  }

  async close(): Promise<void> {
    this.#database.close();
    this.#lastWords.close();
  }
}
