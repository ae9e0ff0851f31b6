import type { PersonId } from '#shared/domain/ids.ts';
import type { Profile } from '#shared/domain/Profile.ts';
import type { Person, PersonKind, RelayRole } from '#shared/domain/Person.ts';

/** A person as the relay keeps them. */
export interface PersonRecord extends Person {
  readonly role: RelayRole;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** Who is known to this relay. */
export interface PersonStore {
  add(person: PersonRecord): Promise<void>;
  /** Of a guest who became one with an account, the account. */
  get(id: PersonId): Promise<PersonRecord | null>;
  /** Those of `ids` that are known, under the id that was asked for; the others are absent. The id of such a guest gives the account, whose own id it bears. */
  getMany(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRecord>>;
  /** The first person of this kind, by the date of joining. */
  firstOfKind(kind: PersonKind): Promise<PersonRecord | null>;
  /** Everybody, by name. */
  list(): Promise<readonly PersonRecord[]>;
  /**
   * Changes the role on the relay, in one step.
   * @returns false when nobody would be left as administrator, or the person is unknown; nothing was changed then.
   */
  changeRole(id: PersonId, role: RelayRole): Promise<boolean>;
  /** Changes what is given; an unknown person is left unknown. */
  change(
    id: PersonId,
    change: { name?: string; colour?: Person['colour']; kind?: PersonKind; role?: RelayRole },
  ): Promise<void>;
  /** What they say of themself; an empty one for who said nothing, or is unknown. */
  profile(id: PersonId): Promise<Profile>;
  /** Changes what is given; an unknown person is left unknown. */
  changeProfile(id: PersonId, change: Partial<Profile>): Promise<void>;
}
