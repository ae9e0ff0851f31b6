import { AppError } from '#shared/api/errorCodes.ts';
import type { Carnet } from '#shared/domain/Carnet.ts';
import type { CarnetId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { CarnetPersonRole, CarnetRecord, CarnetStore } from '../ports/CarnetStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

const lists = { manager: 'managers', contributor: 'contributors', reader: 'readers' } as const;
const weakestFirst = ['reader', 'contributor', 'manager'] as const;

function without(carnet: CarnetRecord, person: PersonId) {
  const rest = (people: readonly PersonId[]) => people.filter((one) => one !== person);
  return {
    managers: rest(carnet.managers),
    contributors: rest(carnet.contributors),
    readers: rest(carnet.readers),
  };
}

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

  async ofCommunity(id: CommunityId): Promise<readonly CarnetRecord[]> {
    return [...this.#tables.carnets.values()]
      .filter((carnet) => carnet.community === id)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async change(
    id: CarnetId,
    change: Partial<Pick<Carnet, 'visibility' | 'contributionPolicy' | 'trashedAt' | 'community'>>,
    trace?: Trace,
  ): Promise<void> {
    const carnet = this.#tables.carnets.get(id);
    if (carnet === undefined) return;
    this.#tables.carnets.set(id, { ...carnet, ...change });
    this.#tables.write(trace);
  }

  async addPerson(
    id: CarnetId,
    person: PersonId,
    role: CarnetPersonRole,
    _at: number,
    trace?: Trace,
  ): Promise<void> {
    const carnet = this.#tables.carnets.get(id);
    if (carnet === undefined) return;
    const held = weakestFirst.findLastIndex((one) => carnet[lists[one]].includes(person));
    if (held < weakestFirst.indexOf(role)) {
      const next = without(carnet, person);
      next[lists[role]].push(person);
      this.#tables.carnets.set(id, { ...carnet, ...next });
    }
    this.#tables.write(trace);
  }

  async removePerson(id: CarnetId, person: PersonId, trace: Trace): Promise<boolean> {
    const carnet = this.#tables.carnets.get(id);
    if (carnet === undefined || !weakestFirst.some((one) => carnet[lists[one]].includes(person))) return true;
    if (carnet.managers.length === 1 && carnet.managers[0] === person) return false;
    this.#tables.carnets.set(id, { ...carnet, ...without(carnet, person) });
    this.#tables.write(trace);
    return true;
  }
}
