import { type Compilable, type Kysely, sql } from 'kysely';
import { thinnedKinds, topicOf } from '#shared/domain/Notice.ts';
import type { NoticeRecord, Trace } from '../../ports/Trace.ts';
import { registerInsert } from './SqliteRegister.ts';
import type { CatalogueTables } from './tables.ts';

/** What adds notices to inboxes: those that are wanted there, and are not there already. Of some kinds, the newest stands for those that were not read. */
export function noticeInserts(
  kysely: Kysely<CatalogueTables>,
  notices: readonly NoticeRecord[],
): Compilable[] {
  return notices.flatMap((notice) => {
    const { id, person, kind, subject, subjectId, within, from, text, at, readAt } = notice;
    const isThinned = thinnedKinds.includes(kind);
    const same = sql`person = ${person} AND kind = ${kind} AND subject_id = ${subjectId} AND read_at IS NULL`;
    const count = isThinned
      ? sql`${notice.count} + coalesce((SELECT sum(count) FROM notice WHERE ${same}), 0)`
      : sql`${notice.count}`;
    const row = sql`${sql.join([id, person, kind, subject, subjectId, within, from, text, at, readAt])}, ${count}`;
    const insert = kysely
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
        'count',
      ])
      .expression(
        // The person chose whether to be told of it: a topic that they did not choose about is told.
        sql`SELECT ${row} WHERE NOT EXISTS (
          SELECT 1 FROM notice_choice WHERE person = ${person} AND topic = ${topicOf[kind]} AND way = 'none'
        )`,
      );
    const older = kysely
      .deleteFrom('notice')
      .where(sql<boolean>`${same} AND id != ${id} AND EXISTS (SELECT 1 FROM notice WHERE id = ${id})`);
    return isThinned ? [insert, older] : [insert];
  });
}

/** What writes a trace, for the transaction of what it is of. */
export function traceInserts(kysely: Kysely<CatalogueTables>, trace: Trace | undefined): Compilable[] {
  if (trace === undefined) return [];
  const audit = trace.audit.map((entry) => registerInsert(kysely, entry));
  return [...audit, ...noticeInserts(kysely, trace.notices)];
}
