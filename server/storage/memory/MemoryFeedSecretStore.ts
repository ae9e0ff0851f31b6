import type { PersonId } from '#shared/domain/ids.ts';
import type { FeedSecretStore } from '../ports/FeedSecretStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Secrets of feeds, in memory. */
export class MemoryFeedSecretStore implements FeedSecretStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async createdAt(person: PersonId): Promise<number | null> {
    return this.#tables.feedSecrets.get(person)?.at ?? null;
  }

  async set(person: PersonId, hash: string, at: number): Promise<void> {
    this.#tables.feedSecrets.set(person, { hash, at });
  }

  async remove(person: PersonId): Promise<void> {
    this.#tables.feedSecrets.delete(person);
  }

  async find(hash: string): Promise<PersonId | null> {
    return [...this.#tables.feedSecrets].find(([, secret]) => secret.hash === hash)?.[0] ?? null;
  }
}
