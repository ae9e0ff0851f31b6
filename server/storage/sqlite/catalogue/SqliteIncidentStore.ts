import type { IncidentId, PersonId } from '#shared/domain/ids.ts';
import type { IncidentEntry } from '#shared/domain/Incident.ts';
import type { IncidentStore } from '../../ports/IncidentStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

function toEntry(row: CatalogueTables['incident_entry']): IncidentEntry {
  return {
    incident: row.incident as IncidentId,
    number: row.number,
    at: row.at,
    by: row.by_person as PersonId,
    reason: row.reason,
    occurredFrom: row.occurred_from,
    occurredUntil: row.occurred_until,
    knownOn: row.known_on,
    what: row.what,
    information: row.information,
    peopleCount: row.people_count,
    isSerious: row.is_serious === 1,
    why: row.why,
    measures: row.measures,
    peopleToldOn: row.people_told_on,
    commissionToldOn: row.commission_told_on,
  };
}

function toRow(entry: IncidentEntry): CatalogueTables['incident_entry'] {
  return {
    incident: entry.incident,
    number: entry.number,
    at: entry.at,
    by_person: entry.by,
    reason: entry.reason,
    occurred_from: entry.occurredFrom,
    occurred_until: entry.occurredUntil,
    known_on: entry.knownOn,
    what: entry.what,
    information: entry.information,
    people_count: entry.peopleCount,
    is_serious: entry.isSerious ? 1 : 0,
    why: entry.why,
    measures: entry.measures,
    people_told_on: entry.peopleToldOn,
    commission_told_on: entry.commissionToldOn,
  };
}

/** Confidentiality incidents, over SQLite. */
export class SqliteIncidentStore implements IncidentStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(entry: IncidentEntry, trace: Trace): Promise<boolean> {
    const added = await inTransaction(this.#db, async (kysely) => {
      const { known } = await kysely
        .selectFrom('incident_entry')
        .select((eb) => eb.fn.countAll<number>().as('known'))
        .where('incident', '=', entry.incident)
        .executeTakeFirstOrThrow();
      if (entry.number !== known + 1) return null;
      const insert = kysely.insertInto('incident_entry').values(toRow(entry));
      return { value: true, then: [insert, ...traceInserts(kysely, trace)] };
    });
    return added ?? false;
  }

  async list(): Promise<readonly IncidentEntry[]> {
    const rows = await this.#db.kysely.selectFrom('incident_entry').selectAll().orderBy('place').execute();
    return rows.map(toEntry);
  }
}
