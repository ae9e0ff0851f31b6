import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { emptyProfile, type Profile } from '#shared/domain/Profile.ts';
import type { PersonKind, RelayRole } from '#shared/domain/Person.ts';
import type { PersonRecord, PersonStore } from '../ports/PersonStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** People in memory. */
export class MemoryPersonStore implements PersonStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(person: PersonRecord): Promise<void> {
    if (this.#tables.persons.has(person.id)) throw new AppError('conflict', 'a person with this id is there');
    this.#tables.persons.set(person.id, { ...person });
  }

  async get(id: PersonId): Promise<PersonRecord | null> {
    return this.#get(id) ?? null;
  }

  #get(id: PersonId): PersonRecord | undefined {
    const { persons, identities } = this.#tables;
    return persons.get(identities.get(id) ?? id);
  }

  async getMany(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    return new Map(
      ids.flatMap((id) => {
        const person = this.#get(id);
        return person === undefined ? [] : [[id, person] as const];
      }),
    );
  }

  async firstOfKind(kind: PersonKind): Promise<PersonRecord | null> {
    const some = [...this.#tables.persons.values()].filter((person) => person.kind === kind);
    return some.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0] ?? null;
  }

  async list(): Promise<readonly PersonRecord[]> {
    return [...this.#tables.persons.values()].sort(
      (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || (a.id < b.id ? -1 : 1),
    );
  }

  async changeRole(id: PersonId, role: RelayRole): Promise<boolean> {
    const person = this.#tables.persons.get(id);
    if (person === undefined) return false;
    const others = [...this.#tables.persons.values()].filter(
      (one) => one.id !== id && one.role === 'administrator',
    );
    if (role !== 'administrator' && others.length === 0) return false;
    this.#tables.persons.set(id, { ...person, role });
    return true;
  }

  async change(
    id: PersonId,
    change: Partial<Pick<PersonRecord, 'name' | 'colour' | 'kind' | 'role'>>,
  ): Promise<void> {
    const person = this.#tables.persons.get(id);
    if (person !== undefined) this.#tables.persons.set(id, { ...person, ...change });
  }

  async profile(id: PersonId): Promise<Profile> {
    return this.#tables.profiles.get(id) ?? emptyProfile;
  }

  async changeProfile(id: PersonId, change: Partial<Profile>): Promise<void> {
    if (this.#tables.persons.has(id))
      this.#tables.profiles.set(id, { ...(await this.profile(id)), ...change });
  }
}
