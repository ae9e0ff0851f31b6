import { type Compilable, type SelectQueryBuilder, sql } from 'kysely';
import type { CollectionKind, CollectionPersonRole, ContributionPolicy } from '#shared/domain/Collection.ts';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import type { AttachmentId, CollectionId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { PersonColour } from '#shared/domain/Person.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { CollectionChange, CollectionRecord, CollectionStore } from '../../ports/CollectionStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { Statement } from '../../ports/UpdateLog.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import { isPersonHere } from './personUpserts.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

const strength = (column: 'collection_person' | 'excluded') =>
  sql<number>`CASE ${sql.raw(column)}.role WHEN 'manager' THEN 3 WHEN 'contributor' THEN 2 ELSE 1 END`;

type Rows = SelectQueryBuilder<CatalogueTables, 'collection', CatalogueTables['collection']>;

/** The carnets, or the bases, of the catalogue over SQLite. */
export class SqliteCollectionStore<Id extends CollectionId> implements CollectionStore<Id> {
  readonly #db: CatalogueDatabase;
  readonly #kind: CollectionKind;

  constructor(db: CatalogueDatabase, kind: CollectionKind) {
    this.#db = db;
    this.#kind = kind;
  }

  async add(collection: CollectionRecord<Id>): Promise<void> {
    await this.#db.atomic(this.#insertsOf(collection));
  }

  statementsToAdd(collection: CollectionRecord<Id>): readonly Statement[] {
    return this.#insertsOf(collection).map((query) => query.compile());
  }

  #insertsOf(collection: CollectionRecord<Id>): Compilable[] {
    const { kysely } = this.#db;
    const person = (role: CollectionPersonRole) => (id: PersonId, at: number) =>
      kysely
        .insertInto('collection_person')
        .values({ collection: collection.id, person: id, role, at: collection.createdAt + at });
    return [
      kysely.insertInto('collection').values({
        id: collection.id,
        kind: this.#kind,
        visibility: collection.visibility,
        contribution_policy: collection.contributionPolicy,
        created_at: collection.createdAt,
        trashed_at: collection.trashedAt,
        community: collection.community,
        cover_image: collection.cover.image,
        cover_alternative: collection.cover.alternative,
        cover_colour: collection.cover.colour,
        template: collection.template,
      }),
      ...collection.managers.map(person('manager')),
      ...collection.contributors.map(person('contributor')),
      ...collection.readers.map(person('reader')),
    ];
  }

  async get(id: Id): Promise<CollectionRecord<Id> | null> {
    return (await this.getMany([id])).get(id) ?? null;
  }

  async getMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, CollectionRecord<Id>>> {
    const found = new Map<Id, CollectionRecord<Id>>();
    for (const slice of slices([...new Set(ids)]))
      for (const record of await this.#read((rows) => rows.where('id', 'in', slice)))
        found.set(record.id, record);
    return found;
  }

  list(query: { trashed: boolean }): Promise<readonly CollectionRecord<Id>[]> {
    return this.#read((rows) => rows.where('trashed_at', query.trashed ? 'is not' : 'is', null));
  }

  ofCommunity(id: CommunityId): Promise<readonly CollectionRecord<Id>[]> {
    return this.#read((rows) => rows.where('community', '=', id));
  }

  /** Those of its kind that a condition lets through, oldest first. */
  async #read(those: (rows: Rows) => Rows): Promise<CollectionRecord<Id>[]> {
    const rows = await those(
      this.#db.kysely.selectFrom('collection').selectAll().where('kind', '=', this.#kind),
    )
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    const records: CollectionRecord<Id>[] = [];
    for (const slice of slices(rows)) records.push(...(await this.#withPeople(slice)));
    return records;
  }

  async #withPeople(rows: readonly CatalogueTables['collection'][]): Promise<CollectionRecord<Id>[]> {
    if (rows.length === 0) return [];
    const people = await this.#db.kysely
      .selectFrom('collection_person')
      .selectAll()
      .where(
        'collection',
        'in',
        rows.map((row) => row.id),
      )
      .orderBy('at')
      .orderBy('person')
      .execute();
    const roles = new Map<string, Record<CollectionPersonRole, PersonId[]>>();
    for (const row of rows) roles.set(row.id, { manager: [], contributor: [], reader: [] });
    for (const one of people)
      roles.get(one.collection)?.[one.role as CollectionPersonRole].push(one.person as PersonId);
    return rows.map((row) => {
      const named = roles.get(row.id);
      return {
        id: row.id as Id,
        kind: this.#kind,
        visibility: row.visibility as Visibility,
        contributionPolicy: row.contribution_policy as ContributionPolicy,
        community: row.community as CommunityId | null,
        cover: {
          image: row.cover_image as AttachmentId | null,
          alternative: row.cover_alternative,
          colour: row.cover_colour as PersonColour | null,
        },
        template: row.template as TemplateKey | null,
        createdAt: row.created_at,
        trashedAt: row.trashed_at,
        managers: named?.manager ?? [],
        contributors: named?.contributor ?? [],
        readers: named?.reader ?? [],
      };
    });
  }

  async change(id: Id, change: CollectionChange, trace?: Trace): Promise<void> {
    const { cover } = change;
    const set = {
      ...(change.visibility === undefined ? {} : { visibility: change.visibility }),
      ...(change.contributionPolicy === undefined ? {} : { contribution_policy: change.contributionPolicy }),
      ...(change.trashedAt === undefined ? {} : { trashed_at: change.trashedAt }),
      ...(change.community === undefined ? {} : { community: change.community }),
      ...(change.template === undefined ? {} : { template: change.template }),
      ...(cover === undefined
        ? {}
        : { cover_image: cover.image, cover_alternative: cover.alternative, cover_colour: cover.colour }),
    };
    if (Object.keys(set).length === 0) return;
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.updateTable('collection').set(set).where('id', '=', id).where('kind', '=', this.#kind),
      ...traceInserts(kysely, trace),
    ]);
  }

  /** After everyone who is there: two people of the same millisecond keep their order. */
  #after(id: Id, at: number) {
    return sql<number>`max(${at}, coalesce((SELECT max(at) + 1 FROM collection_person WHERE collection = ${id}), 0))`;
  }

  async addPerson(
    id: Id,
    person: PersonId,
    role: CollectionPersonRole,
    at: number,
    trace?: Trace,
  ): Promise<void> {
    const after = this.#after(id, at);
    const { kysely } = this.#db;
    const given = kysely
      .insertInto('collection_person')
      .values({ collection: id, person, role, at: after })
      .onConflict((conflict) =>
        conflict
          .columns(['collection', 'person'])
          .doUpdateSet({ role, at: after })
          .where(sql<boolean>`${strength('excluded')} > ${strength('collection_person')}`),
      );
    await this.#db.atomic([given, ...traceInserts(kysely, trace)]);
  }

  async changePerson(
    id: Id,
    person: PersonId,
    role: CollectionPersonRole | null,
    trace: Trace,
  ): Promise<boolean> {
    const outcome = await inTransaction(this.#db, async (kysely) => {
      const people = await kysely
        .selectFrom('collection_person')
        .select(['person', 'role', isPersonHere(sql.ref('collection_person.person')).as('is_here')])
        .where('collection', '=', id)
        .execute();
      const held = people.find((one) => one.person === person);
      if (held === undefined || held.role === role) return null;
      const others = people.filter((one) => one.role === 'manager' && one.person !== person && one.is_here);
      if (held.role === 'manager' && others.length === 0) return { value: false, then: [] };
      const change =
        role === null
          ? kysely.deleteFrom('collection_person').where('collection', '=', id).where('person', '=', person)
          : kysely
              .updateTable('collection_person')
              .set({ role, at: this.#after(id, 0) })
              .where('collection', '=', id)
              .where('person', '=', person);
      return { value: true, then: [change, ...traceInserts(kysely, trace)] };
    });
    return outcome ?? true;
  }
}
