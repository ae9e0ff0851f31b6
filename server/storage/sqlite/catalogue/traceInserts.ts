import type { Compilable, Kysely } from 'kysely';
import type { NoticeRecord, Trace } from '../../ports/Trace.ts';
import type { CatalogueTables } from './tables.ts';

/** What adds notices to inboxes. */
export function noticeInserts(
  kysely: Kysely<CatalogueTables>,
  notices: readonly NoticeRecord[],
): Compilable[] {
  return notices.map(({ id, person, kind, subject, subjectId, from, text, at, readAt }) =>
    kysely.insertInto('notice').values({
      id,
      person,
      kind,
      subject,
      subject_id: subjectId,
      from_person: from,
      text,
      at,
      read_at: readAt,
    }),
  );
}

/** What writes a trace, for the transaction of what it is of. */
export function traceInserts(kysely: Kysely<CatalogueTables>, trace: Trace | undefined): Compilable[] {
  if (trace === undefined) return [];
  const audit = trace.audit.map(({ by, subjectId, ...row }) =>
    kysely.insertInto('audit').values({ ...row, by_person: by, subject_id: subjectId }),
  );
  return [...audit, ...noticeInserts(kysely, trace.notices)];
}
