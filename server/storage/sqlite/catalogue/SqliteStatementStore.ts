import type { PersonId } from '#shared/domain/ids.ts';
import type { PersonRecord } from '../../ports/PersonStore.ts';
import type { Statement, StatementStore } from '../../ports/StatementStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import { personInsert } from './SqlitePersonStore.ts';
import { traceInserts } from './traceInserts.ts';

/** What computers state about who wrote on them, over SQLite. */
export class SqliteStatementStore implements StatementStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async all(): Promise<readonly Statement[]> {
    const rows = await this.#db.kysely.selectFrom('statement').selectAll().orderBy('number').execute();
    return rows.map((row) => ({
      person: row.person as PersonId,
      host: row.host as PersonId,
      guest: row.guest as PersonId,
      claimHash: row.claim_hash,
      statedAt: row.stated_at,
    }));
  }

  async add(statement: Statement, named: PersonRecord, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    const { person, host, guest, claimHash, statedAt } = statement;
    await this.#db.atomic([
      personInsert(kysely, named),
      kysely
        .insertInto('statement')
        .values({ person, host, guest, claim_hash: claimHash, stated_at: statedAt }),
      ...traceInserts(kysely, trace),
    ]);
  }
}
