import type { AccessEvent, AccessKind } from '#shared/domain/AccessEvent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { AccessLog } from '../../ports/AccessLog.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

function toEvent({ at, kind, person, subject, detail }: CatalogueTables['access_event']): AccessEvent {
  return { at, kind: kind as AccessKind, person: person as PersonId | null, subject, detail };
}

/** The register of accesses over SQLite. */
export class SqliteAccessLog implements AccessLog {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add({ at, kind, person, subject, detail }: AccessEvent): Promise<void> {
    await this.#db.kysely.insertInto('access_event').values({ at, kind, person, subject, detail }).execute();
  }

  async list(limit: number): Promise<readonly AccessEvent[]> {
    const rows = await this.#db.kysely
      .selectFrom('access_event')
      .selectAll()
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toEvent);
  }

  async of(person: PersonId): Promise<readonly AccessEvent[]> {
    const rows = await this.#db.kysely
      .selectFrom('access_event')
      .selectAll()
      .where((eb) => eb.or([eb('person', '=', person), eb('subject', '=', person)]))
      .orderBy('number')
      .execute();
    return rows.map(toEvent);
  }
}
