import type { PersonId } from '#shared/domain/ids.ts';
import type { FeedSecretStore } from '../ports/FeedSecretStore.ts';

/** Secrets of feeds, in memory. */
export class MemoryFeedSecretStore implements FeedSecretStore {
  readonly #secrets = new Map<PersonId, { readonly hash: string; readonly at: number }>();

  async createdAt(person: PersonId): Promise<number | null> {
    return this.#secrets.get(person)?.at ?? null;
  }

  async set(person: PersonId, hash: string, at: number): Promise<void> {
    this.#secrets.set(person, { hash, at });
  }

  async remove(person: PersonId): Promise<void> {
    this.#secrets.delete(person);
  }

  async find(hash: string): Promise<PersonId | null> {
    return [...this.#secrets].find(([, secret]) => secret.hash === hash)?.[0] ?? null;
  }
}
