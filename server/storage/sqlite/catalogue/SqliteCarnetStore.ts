import { type Compilable, sql } from 'kysely';
import type { Carnet, ContributionPolicy } from '#shared/domain/Carnet.ts';
import type { CarnetId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { CarnetPersonRole, CarnetRecord, CarnetStore } from '../../ports/CarnetStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { Statement } from '../../ports/UpdateLog.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

const strength = (column: 'carnet_person' | 'excluded') =>
  sql<number>`CASE ${sql.raw(column)}.role WHEN 'manager' THEN 3 WHEN 'contributor' THEN 2 ELSE 1 END`;

/** Carnets of the catalogue over SQLite. */
export class SqliteCarnetStore implements CarnetStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(carnet: CarnetRecord): Promise<void> {
    await this.#db.atomic(this.#insertsOf(carnet));
  }

  statementsToAdd(carnet: CarnetRecord): readonly Statement[] {
    return this.#insertsOf(carnet).map((query) => query.compile());
  }

  #insertsOf(carnet: CarnetRecord): Compilable[] {
    const { kysely } = this.#db;
    const person = (role: CarnetPersonRole) => (id: PersonId, at: number) =>
      kysely
        .insertInto('carnet_person')
        .values({ carnet: carnet.id, person: id, role, at: carnet.createdAt + at });
    return [
      kysely.insertInto('carnet').values({
        id: carnet.id,
        visibility: carnet.visibility,
        contribution_policy: carnet.contributionPolicy,
        created_at: carnet.createdAt,
        trashed_at: carnet.trashedAt,
        community: carnet.community,
      }),
      ...carnet.managers.map(person('manager')),
      ...carnet.contributors.map(person('contributor')),
      ...carnet.readers.map(person('reader')),
    ];
  }

  async get(id: CarnetId): Promise<CarnetRecord | null> {
    return (await this.getMany([id])).get(id) ?? null;
  }

  async getMany(ids: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, CarnetRecord>> {
    const found = new Map<CarnetId, CarnetRecord>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely.selectFrom('carnet').selectAll().where('id', 'in', slice).execute();
      for (const record of await this.#withPeople(rows)) found.set(record.id, record);
    }
    return found;
  }

  async list(query: { trashed: boolean }): Promise<readonly CarnetRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('carnet')
      .selectAll()
      .where('trashed_at', query.trashed ? 'is not' : 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const records: CarnetRecord[] = [];
    for (const slice of slices(rows)) records.push(...(await this.#withPeople(slice)));
    return records;
  }

  async #withPeople(rows: readonly CatalogueTables['carnet'][]): Promise<CarnetRecord[]> {
    if (rows.length === 0) return [];
    const people = await this.#db.kysely
      .selectFrom('carnet_person')
      .selectAll()
      .where(
        'carnet',
        'in',
        rows.map((row) => row.id),
      )
      .orderBy('at')
      .orderBy('person')
      .execute();
    const roles = new Map<string, Record<CarnetPersonRole, PersonId[]>>();
    for (const row of rows) roles.set(row.id, { manager: [], contributor: [], reader: [] });
    for (const one of people)
      roles.get(one.carnet)?.[one.role as CarnetPersonRole].push(one.person as PersonId);
    return rows.map((row) => {
      const named = roles.get(row.id);
      return {
        id: row.id as CarnetId,
        visibility: row.visibility as Visibility,
        contributionPolicy: row.contribution_policy as ContributionPolicy,
        community: row.community as CommunityId | null,
        createdAt: row.created_at,
        trashedAt: row.trashed_at,
        managers: named?.manager ?? [],
        contributors: named?.contributor ?? [],
        readers: named?.reader ?? [],
      };
    });
  }

  async ofCommunity(id: CommunityId): Promise<readonly CarnetRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('carnet')
      .selectAll()
      .where('community', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const records: CarnetRecord[] = [];
    for (const slice of slices(rows)) records.push(...(await this.#withPeople(slice)));
    return records;
  }

  async change(
    id: CarnetId,
    change: Partial<Pick<Carnet, 'visibility' | 'contributionPolicy' | 'trashedAt' | 'community'>>,
    trace?: Trace,
  ): Promise<void> {
    const set = {
      ...(change.visibility === undefined ? {} : { visibility: change.visibility }),
      ...(change.contributionPolicy === undefined ? {} : { contribution_policy: change.contributionPolicy }),
      ...(change.trashedAt === undefined ? {} : { trashed_at: change.trashedAt }),
      ...(change.community === undefined ? {} : { community: change.community }),
    };
    if (Object.keys(set).length === 0) return;
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.updateTable('carnet').set(set).where('id', '=', id),
      ...traceInserts(kysely, trace),
    ]);
  }

  async addPerson(
    id: CarnetId,
    person: PersonId,
    role: CarnetPersonRole,
    at: number,
    trace?: Trace,
  ): Promise<void> {
    // After everyone who is there: two people of the same millisecond keep their order.
    const after = sql<number>`max(${at}, coalesce((SELECT max(at) + 1 FROM carnet_person WHERE carnet = ${id}), 0))`;
    const { kysely } = this.#db;
    const given = kysely
      .insertInto('carnet_person')
      .values({ carnet: id, person, role, at: after })
      .onConflict((conflict) =>
        conflict
          .columns(['carnet', 'person'])
          .doUpdateSet({ role, at: after })
          .where(sql<boolean>`${strength('excluded')} > ${strength('carnet_person')}`),
      );
    await this.#db.atomic([given, ...traceInserts(kysely, trace)]);
  }

  async removePerson(id: CarnetId, person: PersonId, trace: Trace): Promise<boolean> {
    const outcome = await inTransaction(this.#db, async (kysely) => {
      const people = await kysely
        .selectFrom('carnet_person')
        .select(['person', 'role'])
        .where('carnet', '=', id)
        .execute();
      const held = people.find((one) => one.person === person);
      if (held === undefined) return null;
      const managers = people.filter((one) => one.role === 'manager');
      if (held.role === 'manager' && managers.length === 1) return { value: false, then: [] };
      const removal = kysely
        .deleteFrom('carnet_person')
        .where('carnet', '=', id)
        .where('person', '=', person);
      return { value: true, then: [removal, ...traceInserts(kysely, trace)] };
    });
    return outcome ?? true;
  }
}
