import { type Compilable, sql } from 'kysely';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Note, NoteKind } from '#shared/domain/Note.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { NoteListQuery, NotePersonRole, NoteRecord, NoteStore } from '../../ports/NoteStore.ts';
import type { Statement } from '../../ports/UpdateLog.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import { noteVisibleTo } from './visibleTo.ts';

/** Notes of the catalogue over SQLite. */
export class SqliteNoteStore implements NoteStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(note: NoteRecord): Promise<void> {
    await this.#db.atomic(this.#insertsOf(note));
  }

  statementsToAdd(note: NoteRecord): readonly Statement[] {
    return this.#insertsOf(note).map((query) => query.compile());
  }

  #insertsOf(note: NoteRecord): Compilable[] {
    const { kysely } = this.#db;
    const person = (role: NotePersonRole) => (id: PersonId, at: number) =>
      kysely.insertInto('note_person').values({ note: note.id, person: id, role, at: note.createdAt + at });
    return [
      kysely.insertInto('note').values({
        id: note.id,
        kind: note.kind,
        visibility: note.visibility,
        created_at: note.createdAt,
        published_at: note.publishedAt,
        trashed_at: note.trashedAt,
      }),
      ...note.authors.map(person('author')),
      ...note.readers.map(person('reader')),
    ];
  }

  async get(id: NoteId): Promise<NoteRecord | null> {
    return (await this.getMany([id])).get(id) ?? null;
  }

  async getMany(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteRecord>> {
    const found = new Map<NoteId, NoteRecord>();
    for (const slice of slices([...new Set(ids)])) {
      const [rows, people] = await Promise.all([
        this.#db.kysely.selectFrom('note').selectAll().where('id', 'in', slice).execute(),
        this.#db.kysely
          .selectFrom('note_person')
          .selectAll()
          .where('note', 'in', slice)
          .orderBy('at')
          .orderBy('person')
          .execute(),
      ]);
      const roles = new Map<string, { author: PersonId[]; reader: PersonId[] }>();
      for (const row of rows) roles.set(row.id, { author: [], reader: [] });
      for (const one of people)
        roles.get(one.note)?.[one.role as NotePersonRole].push(one.person as PersonId);
      for (const row of rows) {
        const named = roles.get(row.id);
        found.set(row.id as NoteId, {
          id: row.id as NoteId,
          kind: row.kind as NoteKind,
          visibility: row.visibility as Visibility,
          createdAt: row.created_at,
          publishedAt: row.published_at,
          trashedAt: row.trashed_at,
          authors: named?.author ?? [],
          readers: named?.reader ?? [],
        });
      }
    }
    return found;
  }

  async list(query: NoteListQuery): Promise<{ notes: readonly NoteRecord[]; total: number }> {
    const readable = this.#db.kysely
      .selectFrom('note')
      .where(noteVisibleTo(query.asker))
      .where('note.trashed_at', query.trashed ? 'is not' : 'is', null);
    let page = readable.leftJoin('note_index', 'note_index.id', 'note.id').select('note.id');
    if (query.sort === 'title') {
      page = page
        .orderBy(sql`coalesce(note_index.folded_title, '') = ''`)
        .orderBy('note_index.folded_title')
        .orderBy('note.created_at', 'desc');
    } else if (query.sort === 'modified') {
      page = page.orderBy(sql`coalesce(note_index.modified_at, note.created_at)`, 'desc');
    } else page = page.orderBy('note.created_at', 'desc');
    const rows = await page.orderBy('note.id').limit(query.limit).offset(query.offset).execute();
    const count = await readable.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
    const ids = rows.map((row) => row.id as NoteId);
    const records = await this.getMany(ids);
    const notes = ids.flatMap((id) => records.get(id) ?? []);
    return { notes, total: count.total };
  }

  async change(
    id: NoteId,
    change: Partial<Pick<Note, 'visibility' | 'publishedAt' | 'trashedAt'>>,
  ): Promise<void> {
    const set = {
      ...(change.visibility === undefined ? {} : { visibility: change.visibility }),
      ...(change.publishedAt === undefined ? {} : { published_at: change.publishedAt }),
      ...(change.trashedAt === undefined ? {} : { trashed_at: change.trashedAt }),
    };
    if (Object.keys(set).length === 0) return;
    await this.#db.kysely.updateTable('note').set(set).where('id', '=', id).execute();
  }

  async addPerson(id: NoteId, person: PersonId, role: NotePersonRole, at: number): Promise<void> {
    // After everyone who is there: two people of the same millisecond keep their order.
    const after = sql<number>`max(${at}, coalesce((SELECT max(at) + 1 FROM note_person WHERE note = ${id}), 0))`;
    await this.#db.kysely
      .insertInto('note_person')
      .values({ note: id, person, role, at: after })
      .onConflict((conflict) =>
        conflict
          .columns(['note', 'person'])
          .doUpdateSet({ role, at: after })
          .where(sql<boolean>`note_person.role = 'reader' AND excluded.role = 'author'`),
      )
      .execute();
  }

  async removeAuthor(id: NoteId, person: PersonId): Promise<boolean> {
    const isAuthor = await this.#db.kysely
      .selectFrom('note_person')
      .select('person')
      .where('note', '=', id)
      .where('person', '=', person)
      .where('role', '=', 'author')
      .executeTakeFirst();
    if (isAuthor === undefined) return true;
    const result = await this.#db.kysely
      .deleteFrom('note_person')
      .where('note', '=', id)
      .where('person', '=', person)
      .where('role', '=', 'author')
      .where(
        sql<boolean>`(SELECT count(*) FROM note_person o WHERE o.note = ${id} AND o.role = 'author') > 1`,
      )
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }
}
