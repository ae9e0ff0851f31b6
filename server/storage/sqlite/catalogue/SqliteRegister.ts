import { type Compilable, type Kysely, type RawBuilder, sql, type SqlBool } from 'kysely';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RegisterAct, RegisterEntry } from '#shared/domain/Register.ts';
import type { NumberedEntry, Register, RegisterQuery } from '../../ports/Register.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

type Row = CatalogueTables['register'];

function toEntry(row: Row): RegisterEntry {
  return {
    at: row.at,
    by: row.by_person as PersonId | null,
    act: row.act as RegisterAct,
    subjectId: row.subject_id,
    person: row.person as PersonId | null,
    value: row.value,
    session: row.session,
    device: row.device,
  };
}

/** What adds an entry, for the transaction of what it tells of. */
export function registerInsert(kysely: Kysely<CatalogueTables>, entry: RegisterEntry): Compilable {
  const { at, by, act, subjectId, person, value, session, device } = entry;
  return kysely
    .insertInto('register')
    .values({ at, by_person: by, act, subject_id: subjectId, person, value, session, device });
}

/** Whether somebody did it, or it is about them: also under the id of a guest who they were. */
function isAbout(person: PersonId): RawBuilder<SqlBool> {
  const ids = sql`(SELECT ${person} UNION ALL SELECT guest FROM identity WHERE account = ${person})`;
  return sql<SqlBool>`(by_person IN ${ids} OR person IN ${ids})`;
}

/** The register over SQLite. */
export class SqliteRegister implements Register {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(entry: RegisterEntry): Promise<void> {
    await this.#db.atomic([registerInsert(this.#db.kysely, entry)]);
  }

  async about(subjectId: string): Promise<readonly RegisterEntry[]> {
    const rows = await this.#db.kysely
      .selectFrom('register')
      .selectAll()
      .where('subject_id', '=', subjectId)
      .orderBy('number')
      .execute();
    return rows.map(toEntry);
  }

  async of(person: PersonId): Promise<readonly RegisterEntry[]> {
    const rows = await this.#db.kysely
      .selectFrom('register')
      .selectAll()
      .where(() => isAbout(person))
      .orderBy('number')
      .execute();
    return rows.map(toEntry);
  }

  async page(query: RegisterQuery, before: number | null, limit: number): Promise<readonly NumberedEntry[]> {
    const { person, act, kind, from, until } = query;
    let select = this.#db.kysely.selectFrom('register').selectAll();
    if (person !== undefined) select = select.where(() => isAbout(person));
    if (act !== undefined) select = select.where('act', '=', act);
    // The character after the point: every act of this kind, and no other, by the index.
    if (kind !== undefined) select = select.where('act', '>=', `${kind}.`).where('act', '<', `${kind}/`);
    if (from !== undefined) select = select.where('at', '>=', from);
    if (until !== undefined) select = select.where('at', '<', until);
    if (before !== null) select = select.where('number', '<', before);
    const rows = await select.orderBy('number', 'desc').limit(limit).execute();
    return rows.map((row) => ({ ...toEntry(row), number: row.number ?? 0 }));
  }
}
