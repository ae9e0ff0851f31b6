import type { NoticeId, PersonId } from '#shared/domain/ids.ts';
import type { Notice } from '#shared/domain/Notice.ts';
import type { AuditRecord, AuditStore, NoticeRecord, NoticeStore } from '../../ports/Trace.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { noticeInserts } from './traceInserts.ts';

function toNotice(row: CatalogueTables['notice']): NoticeRecord {
  return {
    id: row.id as NoticeId,
    person: row.person as PersonId,
    kind: row.kind as Notice['kind'],
    ...({ subject: row.subject, subjectId: row.subject_id } as Pick<Notice, 'subject' | 'subjectId'>),
    from: row.from_person as PersonId | null,
    text: row.text,
    at: row.at,
    readAt: row.read_at,
  } as NoticeRecord;
}

/** What people are told, over SQLite. */
export class SqliteNoticeStore implements NoticeStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(notices: readonly NoticeRecord[]): Promise<void> {
    if (notices.length > 0) await this.#db.atomic(noticeInserts(this.#db.kysely, notices));
  }

  async list(person: PersonId, limit: number): Promise<readonly NoticeRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('notice')
      .selectAll()
      .where('person', '=', person)
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toNotice);
  }

  async messagesFrom(from: PersonId, since: number): Promise<number> {
    const { count } = await this.#db.kysely
      .selectFrom('notice')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('from_person', '=', from)
      .where('kind', '=', 'message')
      .where('at', '>=', since)
      .executeTakeFirstOrThrow();
    return count;
  }

  async unreadCount(person: PersonId): Promise<number> {
    const { count } = await this.#db.kysely
      .selectFrom('notice')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('person', '=', person)
      .where('read_at', 'is', null)
      .executeTakeFirstOrThrow();
    return count;
  }

  async markRead(person: PersonId, until: number, at: number): Promise<void> {
    await this.#db.kysely
      .updateTable('notice')
      .set({ read_at: at })
      .where('person', '=', person)
      .where('at', '<=', until)
      .where('read_at', 'is', null)
      .execute();
  }
}

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
