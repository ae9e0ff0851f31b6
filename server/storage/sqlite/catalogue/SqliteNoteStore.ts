import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Licence } from '#shared/domain/Licence.ts';
import type { NoteLock } from '#shared/domain/lock.ts';
import type { AuthorMode, Note, NoteKind } from '#shared/domain/Note.ts';
import { wordsOf } from '#shared/domain/foldText.ts';
import type { Region } from '#shared/domain/regions.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { Asker } from '#shared/permissions/permissions.ts';
import type {
  NoteHolder,
  NoteListQuery,
  NotePersonRole,
  NoteRecord,
  NoteStore,
} from '../../ports/NoteStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { Statement } from '../../ports/UpdateLog.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import { isPersonHere, notePersonUpsert } from './personUpserts.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';
import { noteVisibleTo } from './visibleTo.ts';

/** The ids of what a person is an author of. */
const authoredBy = (person: PersonId): RawBuilder<{ id: string }> => sql<{ id: string }>`
  SELECT note.id FROM note JOIN note_person ON note_person.note = note.id
  WHERE note_person.person = ${person} AND note_person.role = 'author'
  UNION SELECT note.id FROM note JOIN community_person ON community_person.community = note.community
  WHERE community_person.person = ${person} AND community_person.role = 'responsable' AND note.author_mode = 'community'`;

/** The ids of what has these letters in its name: `instr`, since of what people write nothing is a pattern. */
const namedSo = (named: string): RawBuilder<{ id: string }> => sql<{ id: string }>`
  SELECT id FROM note_index WHERE instr(folded_title, ${named}) > 0
  UNION SELECT term FROM term_form WHERE instr(form, ${wordsOf(named).join(' ') || named}) > 0`;

/** The condition, on table `note`, of being in a list. */
function isListed({
  asker,
  trashed,
  kind,
  region,
  author,
  template,
  named,
}: NoteListQuery): RawBuilder<boolean> {
  const conditions = [
    noteVisibleTo(asker),
    trashed ? sql`note.trashed_at IS NOT NULL` : sql`note.trashed_at IS NULL`,
    ...(kind === undefined ? [] : [sql`note.kind = ${kind}`]),
    ...(template === undefined ? [] : [sql`note.is_template = 1`]),
    ...(named === undefined || named === '' ? [] : [sql`note.id IN (${namedSo(named)})`]),
    ...(author === undefined ? [] : [sql`note.id IN (${authoredBy(author)})`]),
    ...(region === undefined ? [] : [sql`note.id IN (SELECT id FROM note_index WHERE region = ${region})`]),
  ];
  return sql<boolean>`(${sql.join(conditions, sql` AND `)})`;
}

type LockColumns = Pick<CatalogueTables['note'], 'locked_at' | 'locked_by' | 'lock_day' | 'lock_sentence'>;

const lockColumns = (lock: NoteLock | null): LockColumns => ({
  locked_at: lock?.at ?? null,
  locked_by: lock?.by ?? null,
  lock_day: lock?.day ?? null,
  lock_sentence: lock?.sentence ?? null,
});

const lockOf = (row: LockColumns): NoteLock | null =>
  row.locked_at === null || row.locked_by === null || row.lock_day === null
    ? null
    : { at: row.locked_at, by: row.locked_by as PersonId, day: row.lock_day, sentence: row.lock_sentence };

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
        community: note.community,
        author_mode: note.authorMode,
        licence: note.licence,
        is_template: note.isTemplate ? 1 : 0,
        ...lockColumns(note.lock),
      }),
      ...note.authors.map(person('author')),
      ...note.commenters.map(person('commenter')),
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
      const roles = new Map<string, Record<NotePersonRole, PersonId[]>>();
      for (const row of rows) roles.set(row.id, { author: [], commenter: [], reader: [] });
      for (const one of people)
        roles.get(one.note)?.[one.role as NotePersonRole].push(one.person as PersonId);
      const responsables = await this.#responsables(
        rows.flatMap((row) => (row.author_mode === 'community' ? (row.community ?? []) : [])),
      );
      for (const row of rows) {
        const named = roles.get(row.id);
        const following =
          row.author_mode === 'community' ? (responsables.get(row.community ?? '') ?? []) : [];
        const authors = [...new Set([...following, ...(named?.author ?? [])])];
        found.set(row.id as NoteId, {
          id: row.id as NoteId,
          kind: row.kind as NoteKind,
          visibility: row.visibility as Visibility,
          community: row.community as CommunityId | null,
          authorMode: row.author_mode as AuthorMode,
          licence: row.licence as Licence,
          createdAt: row.created_at,
          publishedAt: row.published_at,
          trashedAt: row.trashed_at,
          isTemplate: row.is_template === 1,
          lock: lockOf(row),
          authors,
          commenters: (named?.commenter ?? []).filter((one) => !authors.includes(one)),
          readers: (named?.reader ?? []).filter((one) => !authors.includes(one)),
        });
      }
    }
    return found;
  }

  async #responsables(communities: readonly string[]): Promise<ReadonlyMap<string, PersonId[]>> {
    if (communities.length === 0) return new Map();
    const rows = await this.#db.kysely
      .selectFrom('community_person')
      .select(['community', 'person'])
      .where('community', 'in', [...new Set(communities)])
      .where('role', '=', 'responsable')
      .orderBy('at')
      .orderBy('person')
      .execute();
    const lists = new Map<string, PersonId[]>(communities.map((community) => [community, []]));
    for (const row of rows) lists.get(row.community)?.push(row.person as PersonId);
    return lists;
  }

  async ofAuthor(person: PersonId): Promise<readonly NoteRecord[]> {
    const { rows } = await authoredBy(person).execute(this.#db.kysely);
    return this.#oldestFirst(rows);
  }

  async holders(): Promise<readonly NoteHolder[]> {
    const rows = await this.#db.kysely
      .selectFrom('note')
      .leftJoin('note_person', (join) =>
        join
          .onRef('note_person.note', '=', 'note.id')
          .on('note_person.role', '=', 'author')
          .on(isPersonHere(sql.ref('note_person.person')), '=', 1),
      )
      .select((eb) => [
        'note.id',
        'note.community',
        'note.author_mode',
        eb.fn.count<number>('note_person.person').as('authors'),
        eb.fn.min('note_person.person').as('author'),
      ])
      .groupBy('note.id')
      .execute();
    return rows.map(({ id, community, author_mode: mode, authors, author }) => ({
      id: id as NoteId,
      soleAuthor: mode === 'people' && authors === 1 ? (author as PersonId) : null,
      community: community as CommunityId | null,
    }));
  }

  async ofCommunity(id: CommunityId): Promise<readonly NoteRecord[]> {
    const rows = await this.#db.kysely.selectFrom('note').select('id').where('community', '=', id).execute();
    return this.#oldestFirst(rows);
  }

  async #oldestFirst(rows: readonly { id: string }[]): Promise<readonly NoteRecord[]> {
    return [...(await this.getMany(rows.map((row) => row.id as NoteId))).values()].sort(
      (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
    );
  }

  async list(query: NoteListQuery): Promise<{ notes: readonly NoteRecord[]; total: number }> {
    const readable = this.#db.kysely.selectFrom('note').where(isListed(query));
    let page = readable.leftJoin('note_index', 'note_index.id', 'note.id').select('note.id');
    if (query.sort === 'title') {
      page = page
        .orderBy(sql`coalesce(note_index.folded_title, '') = ''`)
        .orderBy('note_index.folded_title')
        .orderBy('note.created_at', 'desc');
    } else if (query.sort === 'modified') {
      page = page.orderBy(sql`coalesce(note_index.modified_at, note.created_at)`, 'desc');
    } else page = page.orderBy('note.created_at', 'desc');
    if (query.sort !== 'created' && (await this.#areAllIndexed())) page = this.#fromIndex(query, query.sort);
    const rows = await page.orderBy('note.id').limit(query.limit).offset(query.offset).execute();
    const count = await readable.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
    const ids = rows.map((row) => row.id as NoteId);
    const records = await this.getMany(ids);
    const notes = ids.flatMap((id) => records.get(id) ?? []);
    return { notes, total: count.total };
  }

  /** The same along the index of that order: none is sorted, where every note is in it. */
  #fromIndex(query: NoteListQuery, sort: 'modified' | 'title') {
    const page = this.#db.kysely
      .selectFrom('note_index')
      // Not an inner join: SQLite keeps this order of the tables.
      .crossJoin('note')
      .whereRef('note.id', '=', 'note_index.id')
      .where(isListed(query))
      .select('note.id');
    if (sort === 'modified') return page.orderBy('note_index.modified_at', 'desc');
    return page
      .orderBy(sql`note_index.folded_title = ''`)
      .orderBy('note_index.folded_title')
      .orderBy('note.created_at', 'desc');
  }

  async #areAllIndexed(): Promise<boolean> {
    const { rows } = await sql<{ missing: number }>`
      SELECT (SELECT count(*) FROM note) - (SELECT count(*) FROM note_index) AS missing`.execute(
      this.#db.kysely,
    );
    return rows[0]?.missing === 0;
  }

  async organisationCounts(asker: Asker): Promise<ReadonlyMap<Region, number>> {
    const { rows } = await sql<{ region: string; count: number }>`
      SELECT note_index.region AS region, count(*) AS count
      FROM note_index INDEXED BY note_index_region CROSS JOIN note ON note.id = note_index.id
      WHERE note_index.region IS NOT NULL AND note.kind = 'organisation' AND note.trashed_at IS NULL AND ${noteVisibleTo(asker)}
      GROUP BY note_index.region`.execute(this.#db.kysely);
    return new Map(rows.map((row) => [row.region as Region, row.count]));
  }

  async change(
    id: NoteId,
    change: Partial<
      Pick<
        Note,
        'kind' | 'visibility' | 'publishedAt' | 'trashedAt' | 'community' | 'licence' | 'lock' | 'isTemplate'
      >
    >,
    trace?: Trace,
  ): Promise<void> {
    const queries = [...this.#updateOf(id, change), ...traceInserts(this.#db.kysely, trace)];
    if (queries.length > 0) await this.#db.atomic(queries);
  }

  #updateOf(
    id: NoteId,
    change: Partial<
      Pick<
        Note,
        | 'kind'
        | 'visibility'
        | 'publishedAt'
        | 'trashedAt'
        | 'community'
        | 'authorMode'
        | 'licence'
        | 'lock'
        | 'isTemplate'
      >
    >,
  ): Compilable[] {
    const set = {
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.visibility === undefined ? {} : { visibility: change.visibility }),
      ...(change.publishedAt === undefined ? {} : { published_at: change.publishedAt }),
      ...(change.trashedAt === undefined ? {} : { trashed_at: change.trashedAt }),
      ...(change.community === undefined ? {} : { community: change.community }),
      ...(change.licence === undefined ? {} : { licence: change.licence }),
      ...(change.isTemplate === undefined ? {} : { is_template: change.isTemplate ? 1 : 0 }),
      ...(change.lock === undefined ? {} : lockColumns(change.lock)),
      ...(change.authorMode === undefined ? {} : { author_mode: change.authorMode }),
    };
    if (Object.keys(set).length === 0) return [];
    return [this.#db.kysely.updateTable('note').set(set).where('id', '=', id)];
  }

  async setAuthorMode(
    id: NoteId,
    authorMode: AuthorMode,
    at: number,
    trace: Trace,
    change: Partial<
      Pick<Note, 'kind' | 'visibility' | 'publishedAt' | 'community' | 'licence' | 'isTemplate'>
    > = {},
  ): Promise<void> {
    const { kysely } = this.#db;
    // Those who are responsables when the list stops following the community, in the order of its list, keep what they had.
    const named = sql`
      INSERT INTO note_person (note, person, role, at)
      SELECT note.id, one.person, 'author', max(${at}, one.at)
      FROM note JOIN community_person one ON one.community = note.community AND one.role = 'responsable'
      WHERE note.id = ${id} AND note.author_mode = 'community'
      ON CONFLICT (note, person) DO UPDATE SET role = 'author', at = excluded.at`.compile(kysely);
    const unnamed = kysely
      .updateTable('note_person')
      .set({ role: 'commenter' })
      .where('note', '=', id)
      .where('role', '=', 'author');
    await this.#db.atomic([
      authorMode === 'people' ? named : unnamed,
      ...this.#updateOf(id, { ...change, authorMode }),
      ...traceInserts(kysely, trace),
    ]);
  }

  async addPerson(
    id: NoteId,
    person: PersonId,
    role: NotePersonRole,
    at: number,
    trace?: Trace,
  ): Promise<void> {
    const { kysely } = this.#db;
    const asked = kysely
      .deleteFrom('access_request')
      .where('subject_id', '=', id)
      .where('person', '=', person);
    await this.#db.atomic([
      notePersonUpsert(kysely, id, person, role, at),
      ...(role === 'author' ? [asked] : []),
      ...traceInserts(kysely, trace),
    ]);
  }

  async removeAuthor(id: NoteId, person: PersonId, trace?: Trace): Promise<boolean> {
    const outcome = await inTransaction(this.#db, async (kysely) => {
      const authors = await kysely
        .selectFrom('note_person')
        .innerJoin('note', 'note.id', 'note_person.note')
        .select(['person', 'author_mode', isPersonHere(sql.ref('note_person.person')).as('is_here')])
        .where('note', '=', id)
        .where('role', '=', 'author')
        .execute();
      if (!authors.some((one) => one.person === person)) return null;
      const others = authors.filter((one) => one.person !== person && one.is_here);
      // Beside the responsables of a community nobody by name is the last one.
      if (others.length === 0 && authors[0]?.author_mode === 'people') return { value: false, then: [] };
      const removal = kysely.deleteFrom('note_person').where('note', '=', id).where('person', '=', person);
      return { value: true, then: [removal, ...traceInserts(kysely, trace)] };
    });
    return outcome ?? true;
  }

  async dismissTerm(id: NoteId, term: NoteId, at: number | null): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      at === null
        ? kysely.deleteFrom('dismissed_term').where('note', '=', id).where('term', '=', term)
        : kysely
            .insertInto('dismissed_term')
            .values({ note: id, term, at })
            .onConflict((conflict) => conflict.doNothing()),
    ]);
  }

  async dismissedTerms(id: NoteId): Promise<readonly NoteId[]> {
    const rows = await this.#db.kysely
      .selectFrom('dismissed_term')
      .select('term')
      .where('note', '=', id)
      .orderBy('at')
      .execute();
    return rows.map((row) => row.term as NoteId);
  }

  async removeGuest(id: NoteId, person: PersonId, trace: Trace): Promise<void> {
    await inTransaction(this.#db, async (kysely) => {
      const { numDeletedRows } = await kysely
        .deleteFrom('note_person')
        .where('note', '=', id)
        .where('person', '=', person)
        .where('role', '!=', 'author')
        .executeTakeFirst();
      return numDeletedRows === 0n ? null : { value: true, then: traceInserts(kysely, trace) };
    });
  }
}
