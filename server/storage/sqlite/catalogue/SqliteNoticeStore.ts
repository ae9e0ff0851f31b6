import { sql } from 'kysely';
import type { CarnetId, NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import type { Notice } from '#shared/domain/Notice.ts';
import type { NoticeStore } from '../../ports/NoticeStore.ts';
import type { NoticeRecord } from '../../ports/Trace.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { noticeInserts } from './traceInserts.ts';

function toNotice(row: CatalogueTables['notice']): NoticeRecord {
  return {
    id: row.id as NoticeId,
    person: row.person as PersonId,
    kind: row.kind as Notice['kind'],
    ...({ subject: row.subject, subjectId: row.subject_id } as Pick<Notice, 'subject' | 'subjectId'>),
    within: row.within as CarnetId | null,
    from: row.from_person as PersonId | null,
    text: row.text,
    at: row.at,
    readAt: row.read_at,
    count: row.count,
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

  async get(id: NoticeId): Promise<NoticeRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('notice')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toNotice(row);
  }

  async list(person: PersonId, limit: number, before?: NoticeId): Promise<readonly NoticeRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('notice')
      .selectAll()
      .where('person', '=', person)
      .$if(before !== undefined, (query) =>
        query.where('number', '<', (eb) =>
          eb
            .selectFrom('notice')
            .select('number')
            .where('id', '=', before as NoticeId),
        ),
      )
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toNotice);
  }

  async sentBy(from: PersonId): Promise<readonly NoticeRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('notice')
      .selectAll()
      .where('from_person', '=', from)
      .where('kind', '=', 'message')
      .orderBy('number')
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

  async knowsOfChange(person: PersonId, note: NoteId, carnet: CarnetId): Promise<boolean> {
    const row = await this.#db.kysely
      .selectFrom('notice')
      .select('id')
      .where('person', '=', person)
      .where('kind', '=', 'changed')
      .where('subject_id', '=', note)
      .where('within', '=', carnet)
      .where('read_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
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

  async thin(readBefore: number, maxUnread: number): Promise<number> {
    const { kysely } = this.#db;
    const read = await kysely
      .deleteFrom('notice')
      .where('read_at', '<', readBefore)
      .returning('id')
      .execute();
    const full = await kysely
      .selectFrom('notice')
      .select('person')
      .where('read_at', 'is', null)
      .groupBy('person')
      .having((eb) => eb.fn.countAll(), '>', maxUnread)
      .execute();
    let count = read.length;
    for (const { person } of full) {
      const gone = await kysely
        .deleteFrom('notice')
        .where('number', 'in', (eb) =>
          eb
            .selectFrom('notice')
            .select('number')
            .where('person', '=', person)
            .where('read_at', 'is', null)
            .orderBy('number', 'desc')
            .limit(-1)
            .offset(maxUnread),
        )
        .returning('id')
        .execute();
      count += gone.length;
    }
    return count;
  }

  async peopleToWriteTo(since: number): Promise<readonly PersonId[]> {
    const rows = await this.#waiting(since).select('person').distinct().execute();
    return rows.map((row) => row.person as PersonId);
  }

  async notInLetters(person: PersonId, since: number): Promise<readonly NoticeRecord[]> {
    const rows = await this.#waiting(since)
      .selectAll()
      .where('person', '=', person)
      .orderBy('number')
      .execute();
    return rows.map(toNotice);
  }

  async markInLetter(ids: readonly NoticeId[], at: number | null): Promise<readonly NoticeId[]> {
    const changed: NoticeId[] = [];
    for (const slice of slices(ids)) {
      const rows = await this.#db.kysely
        .updateTable('notice')
        .set({ mailed_at: at })
        .where('id', 'in', slice)
        .where(sql<boolean>`(mailed_at IS NULL) = ${at === null ? 0 : 1}`)
        .returning('id')
        .execute();
      changed.push(...rows.map((row) => row.id as NoticeId));
    }
    return changed;
  }

  #waiting(since: number) {
    return this.#db.kysely
      .selectFrom('notice')
      .where('read_at', 'is', null)
      .where('mailed_at', 'is', null)
      .where('at', '>=', since);
  }
}
