import type { PersonId } from '#shared/domain/ids.ts';
import type { Person, PersonKind } from '#shared/domain/Person.ts';

/** A person as the relay keeps them. */
export interface PersonRecord extends Person {
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** One browser or device where a person is signed in. Only a hash of its secret is kept. */
export interface SessionRecord {
  readonly id: string;
  /** SHA-256 of the secret, base64url. */
  readonly secretHash: string;
  readonly person: PersonId;
  readonly createdAt: number;
  /** When it was last used, to within the hour. */
  readonly usedAt: number;
}

/** Who is known to this relay, and where they are signed in. */
export interface PersonStore {
  add(person: PersonRecord): Promise<void>;
  get(id: PersonId): Promise<PersonRecord | null>;
  /** Those of `ids` that are known; the others are absent. */
  getMany(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRecord>>;
  /** The first person of this kind, by the date of joining. */
  firstOfKind(kind: PersonKind): Promise<PersonRecord | null>;
  /** Changes what is given; an unknown person is left unknown. */
  change(
    id: PersonId,
    change: { name?: string; colour?: Person['colour']; kind?: PersonKind },
  ): Promise<void>;
  addSession(session: SessionRecord): Promise<void>;
  findSession(secretHash: string): Promise<SessionRecord | null>;
  touchSession(id: string, usedAt: number): Promise<void>;
  removeSession(id: string): Promise<void>;
}
