import { sql } from 'kysely';
import type { AttachmentId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import type { CommunityRecord, CommunityStore, RoleChange } from '../../ports/CommunityStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import { communityPersonUpsert } from './personUpserts.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

/** Communities of the catalogue over SQLite. */
export class SqliteCommunityStore implements CommunityStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(community: CommunityRecord, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    const { id, name, description, image, isPublic, createdAt, responsables, members } = community;
    const fields = { id, name, description, image, is_public: Number(isPublic), created_at: createdAt };
    const people = [
      ...responsables.map((person) => ({ person, role: 'responsable' as const })),
      ...members.map((person) => ({ person, role: 'member' as const })),
    ];
    await this.#db.atomic([
      kysely.insertInto('community').values(fields),
      ...people.map(({ person, role }) => communityPersonUpsert(kysely, id, person, role, createdAt)),
      ...traceInserts(kysely, trace),
    ]);
  }

  async get(id: CommunityId): Promise<CommunityRecord | null> {
    return (await this.getMany([id])).get(id) ?? null;
  }

  async getMany(ids: readonly CommunityId[]): Promise<ReadonlyMap<CommunityId, CommunityRecord>> {
    const found = new Map<CommunityId, CommunityRecord>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely
        .selectFrom('community')
        .selectAll()
        .where('id', 'in', slice)
        .execute();
      for (const record of await this.#withPeople(rows)) found.set(record.id, record);
    }
    return found;
  }

  async list(): Promise<readonly CommunityRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('community')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const records: CommunityRecord[] = [];
    for (const slice of slices(rows)) records.push(...(await this.#withPeople(slice)));
    return records;
  }

  async #withPeople(rows: readonly CatalogueTables['community'][]): Promise<CommunityRecord[]> {
    if (rows.length === 0) return [];
    const people = await this.#db.kysely
      .selectFrom('community_person')
      .selectAll()
      .where(
        'community',
        'in',
        rows.map((row) => row.id),
      )
      .orderBy('at')
      .orderBy('person')
      .execute();
    const lists = new Map<string, Record<CommunityPersonRole, PersonId[]>>();
    for (const row of rows) lists.set(row.id, { responsable: [], member: [] });
    for (const one of people)
      lists.get(one.community)?.[one.role as CommunityPersonRole].push(one.person as PersonId);
    return rows.map((row) => ({
      id: row.id as CommunityId,
      name: row.name,
      description: row.description,
      image: row.image as AttachmentId | null,
      isPublic: row.is_public === 1,
      createdAt: row.created_at,
      responsables: lists.get(row.id)?.responsable ?? [],
      members: lists.get(row.id)?.member ?? [],
    }));
  }

  async change(
    id: CommunityId,
    { isPublic, ...change }: Parameters<CommunityStore['change']>[1],
    trace: Trace,
  ): Promise<void> {
    const fields = { ...change, ...(isPublic === undefined ? {} : { is_public: Number(isPublic) }) };
    if (Object.keys(fields).length === 0) return;
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.updateTable('community').set(fields).where('id', '=', id),
      ...traceInserts(kysely, trace),
    ]);
  }

  async rolesOf(person: PersonId): Promise<ReadonlyMap<CommunityId, CommunityPersonRole>> {
    const rows = await this.#db.kysely
      .selectFrom('community_person')
      .select(['community', 'role'])
      .where('person', '=', person)
      .execute();
    return new Map(rows.map((row) => [row.community as CommunityId, row.role as CommunityPersonRole]));
  }

  setRole(
    id: CommunityId,
    person: PersonId,
    role: CommunityPersonRole | null,
    at: number,
    trace: Trace,
  ): Promise<RoleChange> {
    return inTransaction<RoleChange>(this.#db, async (kysely) => {
      const held = await kysely
        .selectFrom('community_person')
        .select('role')
        .where('community', '=', id)
        .where('person', '=', person)
        .executeTakeFirst();
      if ((held?.role ?? null) === role) return null;
      const others = await kysely
        .selectFrom('community_person')
        .select(sql<number>`count(*)`.as('count'))
        .where('community', '=', id)
        .where('person', '!=', person)
        .where('role', '=', 'responsable')
        .executeTakeFirstOrThrow();
      if (held?.role === 'responsable' && others.count === 0) return { value: 'last', then: [] };
      const change =
        role === null
          ? kysely.deleteFrom('community_person').where('community', '=', id).where('person', '=', person)
          : communityPersonUpsert(kysely, id, person, role, at);
      const asked = kysely
        .deleteFrom('access_request')
        .where('subject_id', '=', id)
        .where('person', '=', person);
      return { value: 'done', then: [change, asked, ...traceInserts(kysely, trace)] };
    }).then((done) => done ?? 'unchanged');
  }
}
