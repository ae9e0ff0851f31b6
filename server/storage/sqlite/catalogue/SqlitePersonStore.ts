import type { PersonId } from '#shared/domain/ids.ts';
import type { PersonColour, PersonKind } from '#shared/domain/Person.ts';
import type { PersonRecord, PersonStore, SessionRecord } from '../../ports/PersonStore.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

function toPerson(row: CatalogueTables['person']): PersonRecord {
  return {
    id: row.id as PersonId,
    kind: row.kind as PersonKind,
    name: row.name,
    colour: row.colour as PersonColour,
    createdAt: row.created_at,
  };
}

/** People and sessions over SQLite. */
export class SqlitePersonStore implements PersonStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(person: PersonRecord): Promise<void> {
    const { id, kind, name, colour, createdAt } = person;
    await this.#db.kysely
      .insertInto('person')
      .values({ id, kind, name, colour, created_at: createdAt })
      .execute();
  }

  async get(id: PersonId): Promise<PersonRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('person')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toPerson(row);
  }

  async getMany(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    const found = new Map<PersonId, PersonRecord>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely.selectFrom('person').selectAll().where('id', 'in', slice).execute();
      for (const row of rows) found.set(row.id as PersonId, toPerson(row));
    }
    return found;
  }

  async firstOfKind(kind: PersonKind): Promise<PersonRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('person')
      .selectAll()
      .where('kind', '=', kind)
      .orderBy('created_at')
      .orderBy('id')
      .executeTakeFirst();
    return row === undefined ? null : toPerson(row);
  }

  async change(
    id: PersonId,
    change: { name?: string; colour?: PersonColour; kind?: PersonKind },
  ): Promise<void> {
    if (Object.keys(change).length === 0) return;
    await this.#db.kysely.updateTable('person').set(change).where('id', '=', id).execute();
  }

  async addSession(session: SessionRecord): Promise<void> {
    await this.#db.kysely
      .insertInto('session')
      .values({
        id: session.id,
        secret_hash: session.secretHash,
        person: session.person,
        created_at: session.createdAt,
        used_at: session.usedAt,
      })
      .execute();
  }

  async findSession(secretHash: string): Promise<SessionRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('session')
      .selectAll()
      .where('secret_hash', '=', secretHash)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      id: row.id,
      secretHash: row.secret_hash,
      person: row.person as PersonId,
      createdAt: row.created_at,
      usedAt: row.used_at,
    };
  }

  async touchSession(id: string, usedAt: number): Promise<void> {
    await this.#db.kysely.updateTable('session').set({ used_at: usedAt }).where('id', '=', id).execute();
  }

  async removeSession(id: string): Promise<void> {
    await this.#db.kysely.deleteFrom('session').where('id', '=', id).execute();
  }
}
