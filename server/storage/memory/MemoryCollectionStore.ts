import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionKind, CollectionPersonRole } from '#shared/domain/Collection.ts';
import type { CollectionId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { CollectionChange, CollectionRecord, CollectionStore } from '../ports/CollectionStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

const lists = { manager: 'managers', contributor: 'contributors', reader: 'readers' } as const;
const weakestFirst = ['reader', 'contributor', 'manager'] as const;

function without(collection: CollectionRecord, person: PersonId) {
  const rest = (people: readonly PersonId[]) => people.filter((one) => one !== person);
  return {
    managers: rest(collection.managers),
    contributors: rest(collection.contributors),
    readers: rest(collection.readers),
  };
}

const isNamed = (collection: CollectionRecord, person: PersonId): boolean =>
  weakestFirst.some((one) => collection[lists[one]].includes(person));

/** The carnets, or the bases, of the catalogue in memory. */
export class MemoryCollectionStore<Id extends CollectionId> implements CollectionStore<Id> {
  readonly #tables: MemoryTables;
  readonly #kind: CollectionKind;

  constructor(tables: MemoryTables, kind: CollectionKind) {
    this.#tables = tables;
    this.#kind = kind;
  }

  async add(collection: CollectionRecord<Id>): Promise<void> {
    if (this.#tables.collections.has(collection.id))
      throw new AppError('conflict', 'a carnet or a base with this id is there');
    this.#tables.collections.set(collection.id, { ...collection });
  }

  statementsToAdd(): null {
    return null;
  }

  async get(id: Id): Promise<CollectionRecord<Id> | null> {
    const found = this.#tables.collections.get(id);
    return found?.kind === this.#kind ? (found as CollectionRecord<Id>) : null;
  }

  async getMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, CollectionRecord<Id>>> {
    const found = await Promise.all(ids.map((id) => this.get(id)));
    return new Map(found.filter((one) => one !== null).map((one) => [one.id, one]));
  }

  #where(fits: (one: CollectionRecord) => boolean): CollectionRecord<Id>[] {
    return [...this.#tables.collections.values()]
      .filter((one) => one.kind === this.#kind && fits(one))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)) as CollectionRecord<Id>[];
  }

  async list(query: { trashed: boolean }): Promise<readonly CollectionRecord<Id>[]> {
    return this.#where(({ trashedAt }) => (trashedAt !== null) === query.trashed);
  }

  async ofCommunity(id: CommunityId): Promise<readonly CollectionRecord<Id>[]> {
    return this.#where(({ community }) => community === id);
  }

  async change(id: Id, change: CollectionChange, trace?: Trace): Promise<void> {
    const collection = await this.get(id);
    if (collection === null) return;
    this.#tables.collections.set(id, { ...collection, ...change });
    this.#tables.write(trace);
  }

  async addPerson(
    id: Id,
    person: PersonId,
    role: CollectionPersonRole,
    _at: number,
    trace?: Trace,
  ): Promise<void> {
    const collection = await this.get(id);
    if (collection === null) return;
    const held = weakestFirst.findLastIndex((one) => collection[lists[one]].includes(person));
    if (held < weakestFirst.indexOf(role)) this.#give(collection, person, role);
    this.#tables.write(trace);
  }

  async changePerson(
    id: Id,
    person: PersonId,
    role: CollectionPersonRole | null,
    trace: Trace,
  ): Promise<boolean> {
    const collection = await this.get(id);
    if (collection === null || !isNamed(collection, person)) return true;
    if (role !== null && collection[lists[role]].includes(person)) return true;
    const others = collection.managers.filter((one) => one !== person && this.#tables.isPersonHere(one));
    if (collection.managers.includes(person) && others.length === 0) return false;
    this.#give(collection, person, role);
    this.#tables.write(trace);
    return true;
  }

  #give(collection: CollectionRecord<Id>, person: PersonId, role: CollectionPersonRole | null): void {
    const next = without(collection, person);
    if (role !== null) next[lists[role]].push(person);
    this.#tables.collections.set(collection.id, { ...collection, ...next });
  }
}
