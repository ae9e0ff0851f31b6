import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { MessageId, PersonId } from '#shared/domain/ids.ts';
import { hasDatabase } from '../../platform/index.ts';
import type { OutboxStore, WaitingWords } from './WaitingWords.ts';

interface Schema extends DBSchema {
  words: { key: MessageId; value: WaitingWords };
}

/** What is kept has to be on the disk, not in the browser's buffers, before it is said to be. */
const strict = { durability: 'strict' } as const;

const nameOf = (person: PersonId): string => `calepin-words-${person}`;

/** Messages that wait, in this browser's IndexedDB: one database a person, so that nobody sends another's words. */
export class IndexedDbOutboxStore implements OutboxStore {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** Whether this browser may have something of a person. */
  static keeps(person: PersonId): Promise<boolean> {
    return hasDatabase(nameOf(person));
  }

  /** @throws DOMException when the browser keeps nothing here. */
  static async open(person: PersonId): Promise<IndexedDbOutboxStore> {
    return new IndexedDbOutboxStore(
      await openDB<Schema>(nameOf(person), 1, {
        upgrade(fresh) {
          fresh.createObjectStore('words', { keyPath: 'id' });
        },
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      }),
    );
  }

  async list(): Promise<WaitingWords[]> {
    return (await this.#database.getAll('words')).sort((a, b) => a.writtenAt - b.writtenAt);
  }

  async put(words: WaitingWords): Promise<void> {
    const transaction = this.#database.transaction('words', 'readwrite', strict);
    await transaction.store.put(words);
    await transaction.done;
  }

  async remove(id: MessageId): Promise<void> {
    const transaction = this.#database.transaction('words', 'readwrite', strict);
    await transaction.store.delete(id);
    await transaction.done;
  }

  close(): void {
    this.#database.close();
  }
}
