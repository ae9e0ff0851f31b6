import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { CommunityRecord, CommunityStore, RoleChange } from '../ports/CommunityStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryCommunity, MemoryTables } from './MemoryTables.ts';

const withRole = (one: MemoryCommunity, role: CommunityPersonRole): PersonId[] =>
  [...one.people].flatMap(([person, held]) => (held === role ? [person] : []));

function toRecord(community: MemoryCommunity): CommunityRecord {
  const { people: _, ...fields } = community;
  return {
    ...fields,
    responsables: withRole(community, 'responsable'),
    members: withRole(community, 'member'),
  };
}

/** Communities of the catalogue in memory. */
export class MemoryCommunityStore implements CommunityStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add({ responsables, members, ...community }: CommunityRecord, trace: Trace): Promise<void> {
    if (this.#tables.communities.has(community.id))
      throw new AppError('conflict', 'a community with this id is there');
    const people = new Map<PersonId, CommunityPersonRole>([
      ...responsables.map((person) => [person, 'responsable'] as const),
      ...members.map((person) => [person, 'member'] as const),
    ]);
    this.#tables.communities.set(community.id, { ...community, people });
    this.#tables.write(trace);
  }

  async get(id: CommunityId): Promise<CommunityRecord | null> {
    const found = this.#tables.communities.get(id);
    return found === undefined ? null : toRecord(found);
  }

  async getMany(ids: readonly CommunityId[]): Promise<ReadonlyMap<CommunityId, CommunityRecord>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#tables.communities.get(id);
        return found === undefined ? [] : [[id, toRecord(found)] as const];
      }),
    );
  }

  async list(): Promise<readonly CommunityRecord[]> {
    return [...this.#tables.communities.values()]
      .map(toRecord)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async change(
    id: CommunityId,
    change: Parameters<CommunityStore['change']>[1],
    trace: Trace,
  ): Promise<void> {
    const found = this.#tables.communities.get(id);
    if (found === undefined || Object.keys(change).length === 0) return;
    this.#tables.communities.set(id, { ...found, ...change });
    this.#tables.write(trace);
  }

  async rolesOf(person: PersonId): Promise<ReadonlyMap<CommunityId, CommunityPersonRole>> {
    return new Map(
      [...this.#tables.communities.values()].flatMap(({ id, people }) => {
        const role = people.get(person);
        return role === undefined ? [] : [[id, role] as const];
      }),
    );
  }

  async setRole(
    id: CommunityId,
    person: PersonId,
    role: CommunityPersonRole | null,
    _at: number,
    trace: Trace,
  ): Promise<RoleChange> {
    const found = this.#tables.communities.get(id);
    const held = found?.people.get(person) ?? null;
    if (found === undefined || held === role) return 'unchanged';
    if (held === 'responsable' && withRole(found, 'responsable').length === 1) return 'last';
    this.#tables.setCommunityRole(id, person, role);
    this.#tables.requests.get(id)?.delete(person);
    this.#tables.write(trace);
    return 'done';
  }
}
