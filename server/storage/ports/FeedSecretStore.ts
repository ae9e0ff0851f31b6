import type { PersonId } from '#shared/domain/ids.ts';

/** By which secret each person's own feed is read; a person has one at most. */
export interface FeedSecretStore {
  /** When it was made, Unix milliseconds; null for who has none. */
  createdAt(person: PersonId): Promise<number | null>;
  /** Replaces the one before. @param hash - of `hashSecret`. */
  set(person: PersonId, hash: string, at: number): Promise<void>;
  remove(person: PersonId): Promise<void>;
  /** Whose it is; null for nobody's, or nobody's any more. */
  find(hash: string): Promise<PersonId | null>;
}
