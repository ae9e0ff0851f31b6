import { type Compilable, type Kysely, sql } from 'kysely';
import { topicOf } from '#shared/domain/Notice.ts';
import type { NoticeRecord, Trace } from '../../ports/Trace.ts';
import type { CatalogueTables } from './tables.ts';

/** What adds notices to inboxes: those that are wanted there, and are not there already. */
export function noticeInserts(
  kysely: Kysely<CatalogueTables>,
  notices: readonly NoticeRecord[],
): Compilable[] {
  return notices.map((notice) => {
    const { id, person, kind, subject, subjectId, within, from, text, at, readAt } = notice;
    const row = sql<string>`${sql.join([id, person, kind, subject, subjectId, within, from, text, at, readAt])}`;
    return kysely
      .insertInto('notice')
      .orIgnore()
      .columns([
        'id',
        'person',
        'kind',
        'subject',
        'subject_id',
        'within',
        'from_person',
        'text',
        'at',
        'read_at',
      ])
      .expression(
        // The person chose whether to be told of it: a topic that they did not choose about is told.
        sql`SELECT ${row} WHERE NOT EXISTS (
          SELECT 1 FROM notice_choice WHERE person = ${person} AND topic = ${topicOf[kind]} AND way = 'none'
        )`,
      );
  });
}

/** What writes a trace, for the transaction of what it is of. */
export function traceInserts(kysely: Kysely<CatalogueTables>, trace: Trace | undefined): Compilable[] {
  if (trace === undefined) return [];
  const audit = trace.audit.map(({ by, subjectId, ...row }) =>
    kysely.insertInto('audit').values({ ...row, by_person: by, subject_id: subjectId }),
  );
  return [...audit, ...noticeInserts(kysely, trace.notices)];
}
