import type { PersonId } from '#shared/domain/ids.ts';
import type { AuditRecord, AuditStore } from '../../ports/Trace.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** The register of changes of rights, over SQLite. */
export class SqliteAuditStore implements AuditStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async list(subjectId: AuditRecord['subjectId']): Promise<readonly AuditRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('audit')
      .selectAll()
      .where('subject_id', '=', subjectId)
      .orderBy('number')
      .execute();
    return rows.map((row) => ({
      at: row.at,
      by: row.by_person as PersonId | null,
      act: row.act,
      subjectId,
      person: row.person as PersonId | null,
      value: row.value,
    }));
  }
}
