import { AppError } from '#shared/api/errorCodes.ts';
import type { Carnet } from '#shared/domain/Carnet.ts';
import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import type { CarnetPersonRole, CarnetRecord, CarnetStore } from '../ports/CarnetStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

const lists = { manager: 'managers', contributor: 'contributors', reader: 'readers' } as const;
const weakestFirst = ['reader', 'contributor', 'manager'] as const;

/** Carnets of the catalogue in memory. */
export class MemoryCarnetStore implements CarnetStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(carnet: CarnetRecord): Promise<void> {
    if (this.#tables.carnets.has(carnet.id)) throw new AppError('conflict', 'a carnet with this id is there');
    this.#tables.carnets.set(carnet.id, { ...carnet });
  }

  statementsToAdd(): null {
    return null;
  }

  async get(id: CarnetId): Promise<CarnetRecord | null> {
    return this.#tables.carnets.get(id) ?? null;
  }

  async getMany(ids: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, CarnetRecord>> {
    return new Map(
      ids.flatMap((id) => {
        const carnet = this.#tables.carnets.get(id);
        return carnet === undefined ? [] : [[id, carnet] as const];
      }),
    );
  }

  async list(query: { trashed: boolean }): Promise<readonly CarnetRecord[]> {
    return [...this.#tables.carnets.values()]
      .filter((carnet) => (carnet.trashedAt !== null) === query.trashed)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async change(
    id: CarnetId,
    change: Partial<Pick<Carnet, 'visibility' | 'contributionPolicy' | 'trashedAt'>>,
  ): Promise<void> {
    const carnet = this.#tables.carnets.get(id);
    if (carnet !== undefined) this.#tables.carnets.set(id, { ...carnet, ...change });
  }

  async addPerson(id: CarnetId, person: PersonId, role: CarnetPersonRole): Promise<void> {
    const carnet = this.#tables.carnets.get(id);
    if (carnet === undefined) return;
    const held = weakestFirst.findLastIndex((one) => carnet[lists[one]].includes(person));
    if (held >= weakestFirst.indexOf(role)) return;
    const without = (people: readonly PersonId[]) => people.filter((one) => one !== person);
    const next = {
      managers: without(carnet.managers),
      contributors: without(carnet.contributors),
      readers: without(carnet.readers),
    };
    next[lists[role]].push(person);
    this.#tables.carnets.set(id, { ...carnet, ...next });
  }
}
