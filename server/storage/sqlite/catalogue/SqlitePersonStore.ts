import type { Kysely } from 'kysely';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { emptyProfile, type Profile } from '#shared/domain/Profile.ts';
import type { PersonColour, PersonKind, RelayRole } from '#shared/domain/Person.ts';
import type { PersonRecord, PersonStore } from '../../ports/PersonStore.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

function toPerson(row: CatalogueTables['person']): PersonRecord {
  return {
    id: row.id as PersonId,
    kind: row.kind as PersonKind,
    name: row.name,
    colour: row.colour as PersonColour,
    role: row.role as RelayRole,
    createdAt: row.created_at,
    ...(row.stated_by !== null && { statedBy: row.stated_by }),
  };
}

/** What adds a person. */
export function personInsert(kysely: Kysely<CatalogueTables>, person: PersonRecord) {
  const { id, kind, name, colour, role, createdAt, statedBy = null } = person;
  return kysely
    .insertInto('person')
    .values({ id, kind, name, colour, role, created_at: createdAt, stated_by: statedBy });
}

/** People over SQLite. */
export class SqlitePersonStore implements PersonStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(person: PersonRecord): Promise<void> {
    await personInsert(this.#db.kysely, person).execute();
  }

  async get(id: PersonId): Promise<PersonRecord | null> {
    return (await this.getMany([id])).get(id) ?? null;
  }

  async getMany(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRecord>> {
    const found = new Map<PersonId, PersonRecord>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely.selectFrom('person').selectAll().where('id', 'in', slice).execute();
      for (const row of rows) found.set(row.id as PersonId, toPerson(row));
      // Almost never: guests of before.
      const missing = slice.filter((id) => !found.has(id));
      if (missing.length === 0) continue;
      const joined = await this.#db.kysely
        .selectFrom('identity')
        .innerJoin('person', 'person.id', 'identity.account')
        .selectAll('person')
        .select('identity.guest')
        .where('identity.guest', 'in', missing)
        .execute();
      for (const row of joined) found.set(row.guest as PersonId, toPerson(row));
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

  async list(): Promise<readonly PersonRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('person')
      .selectAll()
      .orderBy('name')
      .orderBy('id')
      .execute();
    return rows.map(toPerson);
  }

  async changeRole(id: PersonId, role: RelayRole): Promise<boolean> {
    const result = await this.#db.kysely
      .updateTable('person')
      .set({ role })
      .where('id', '=', id)
      // One statement: two who leave at once are not both let go.
      .where((eb) =>
        role === 'administrator'
          ? eb.lit(true)
          : eb.exists(
              eb
                .selectFrom('person as other')
                .select('other.id')
                .where('other.role', '=', 'administrator')
                .where('other.id', '!=', id),
            ),
      )
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async change(
    id: PersonId,
    change: { name?: string; colour?: PersonColour; kind?: PersonKind; role?: RelayRole },
  ): Promise<void> {
    if (Object.keys(change).length === 0) return;
    await this.#db.kysely.updateTable('person').set(change).where('id', '=', id).execute();
  }

  async profile(id: PersonId): Promise<Profile> {
    const row = await this.#db.kysely
      .selectFrom('profile')
      .selectAll()
      .where('person', '=', id)
      .executeTakeFirst();
    if (row === undefined) return emptyProfile;
    const { organisation, organisation_note: note, presentation } = row;
    return { organisation, organisationNote: note as NoteId | null, presentation };
  }

  async changeProfile(id: PersonId, change: Partial<Profile>): Promise<void> {
    const { organisation, organisationNote, presentation } = change;
    const set = {
      ...(organisation !== undefined && { organisation }),
      ...(organisationNote !== undefined && { organisation_note: organisationNote }),
      ...(presentation !== undefined && { presentation }),
    };
    if (Object.keys(set).length === 0 || (await this.get(id)) === null) return;
    await this.#db.kysely
      .insertInto('profile')
      .values({ person: id, organisation: '', organisation_note: null, presentation: '', ...set })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(set))
      .execute();
  }
}
