import { sql } from 'kysely';
import type { MessageId, PersonId, ReportId } from '#shared/domain/ids.ts';
import type { Report, ReportOutcome, ReportSubject } from '#shared/domain/Report.ts';
import type { ReportStore } from '../../ports/ReportStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

function toReport(row: CatalogueTables['report']): Report {
  const { subject, subject_id: subjectId, note, thread } = row;
  return {
    id: row.id as ReportId,
    about: (subject === 'message'
      ? { subject, subjectId, note, thread }
      : { subject, subjectId }) as ReportSubject,
    by: row.by_person as PersonId | null,
    reason: row.reason,
    at: row.at,
    settled:
      row.settled_at === null
        ? null
        : {
            by: row.settled_by as PersonId | null,
            at: row.settled_at,
            outcome: row.outcome as ReportOutcome,
            words: row.words ?? '',
          },
  };
}

/** Reports, over SQLite. */
export class SqliteReportStore implements ReportStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add({ id, about, by, reason, at }: Report, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    const isMessage = about.subject === 'message';
    await this.#db.atomic([
      kysely.insertInto('report').values({
        id,
        subject: about.subject,
        subject_id: about.subjectId,
        note: isMessage ? about.note : null,
        thread: isMessage ? about.thread : null,
        by_person: by,
        reason,
        at,
        settled_by: null,
        settled_at: null,
        outcome: null,
        words: null,
      }),
      ...traceInserts(kysely, trace),
    ]);
  }

  async get(id: ReportId): Promise<Report | null> {
    const row = await this.#db.kysely
      .selectFrom('report')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toReport(row);
  }

  async list(limit: number): Promise<readonly Report[]> {
    const rows = await this.#db.kysely
      .selectFrom('report')
      .selectAll()
      .orderBy(sql`settled_at IS NOT NULL`)
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toReport);
  }

  async settle(id: ReportId, settled: Report['settled'], trace: Trace): Promise<boolean> {
    const done = await inTransaction(this.#db, async (kysely) => {
      const { numUpdatedRows } = await kysely
        .updateTable('report')
        .set({
          settled_by: settled?.by ?? null,
          settled_at: settled?.at ?? null,
          outcome: settled?.outcome ?? null,
          words: settled?.words ?? null,
        })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { value: true, then: traceInserts(kysely, trace) } : null;
    });
    return done ?? false;
  }

  async hide(
    message: MessageId,
    hidden: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean> {
    const done = await inTransaction(this.#db, async (kysely) => {
      const changed =
        hidden === null
          ? await kysely
              .deleteFrom('hidden_message')
              .where('message', '=', message)
              .returning('message')
              .execute()
          : await kysely
              .insertInto('hidden_message')
              .values({ message, by_person: hidden.by, at: hidden.at })
              .onConflict((conflict) => conflict.column('message').doNothing())
              .returning('message')
              .execute();
      return changed.length > 0 ? { value: true, then: traceInserts(kysely, trace) } : null;
    });
    return done ?? false;
  }

  async hiddenAmong(ids: readonly MessageId[]): Promise<ReadonlySet<MessageId>> {
    const hidden = new Set<MessageId>();
    for (const slice of slices(ids)) {
      const rows = await this.#db.kysely
        .selectFrom('hidden_message')
        .select('message')
        .where('message', 'in', slice)
        .execute();
      for (const row of rows) hidden.add(row.message as MessageId);
    }
    return hidden;
  }
}
