import type { PersonId } from '#shared/domain/ids.ts';
import type { AccessRequest, RequestStore, RequestSubject } from '../../ports/RequestStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction } from './CatalogueDatabase.ts';
import { communityPersonUpsert, notePersonUpsert } from './personUpserts.ts';
import { traceInserts } from './traceInserts.ts';

/** Who asks for what, over SQLite. */
export class SqliteRequestStore implements RequestStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  ask({ subjectId }: RequestSubject, request: AccessRequest, trace: Trace): Promise<boolean> {
    return inTransaction(this.#db, async (kysely) => {
      const result = await kysely
        .insertInto('access_request')
        .values({ subject_id: subjectId, ...request })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) return null;
      return { value: true, then: traceInserts(kysely, trace) };
    }).then((written) => written ?? false);
  }

  async list(subjectId: RequestSubject['subjectId']): Promise<readonly AccessRequest[]> {
    const rows = await this.#db.kysely
      .selectFrom('access_request')
      .select(['person', 'text', 'at'])
      .where('subject_id', '=', subjectId)
      .orderBy('at')
      .orderBy('person')
      .execute();
    return rows.map((row) => ({ ...row, person: row.person as PersonId }));
  }

  settle(
    { subject, subjectId }: RequestSubject,
    person: PersonId,
    approved: boolean,
    at: number,
    trace: Trace,
  ): Promise<boolean> {
    return inTransaction(this.#db, async (kysely) => {
      const { numDeletedRows } = await kysely
        .deleteFrom('access_request')
        .where('subject_id', '=', subjectId)
        .where('person', '=', person)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return null;
      const role =
        subject === 'note'
          ? notePersonUpsert(kysely, subjectId, person, 'author', at)
          : communityPersonUpsert(kysely, subjectId, person, 'member', at);
      return { value: true, then: [...(approved ? [role] : []), ...traceInserts(kysely, trace)] };
    }).then((written) => written ?? false);
  }
}
