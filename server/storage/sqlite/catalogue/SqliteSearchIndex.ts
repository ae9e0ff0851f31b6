import { type RawBuilder, sql } from 'kysely';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { Asker } from '#shared/permissions/permissions.ts';
import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import { inclusiveForms } from '../../../indexer/inclusiveForms.ts';
import type { SearchEntry, SearchIndex } from '../../ports/SearchIndex.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import { noteVisibleTo } from './visibleTo.ts';

/** Words of a query beyond this many are left out: nobody types them, and each costs a lookup. */
const maxWords = 12;

/** Words are letters and digits alone, so that nothing of the query is read as FTS5's own syntax; the last may be a beginning. */
function toMatch(query: string): string | null {
  const words = wordsOf(query).slice(0, maxWords);
  if (words.length === 0) return null;
  return words.map((word, at) => (at === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' ');
}

/** Search over SQLite's FTS5. Its rows are numbered as those of `note_index`, which must be saved first. */
export class SqliteSearchIndex implements SearchIndex {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async save(entry: SearchEntry): Promise<void> {
    const { kysely } = this.#db;
    const number = sql<number>`(SELECT number FROM note_index WHERE id = ${entry.id})`;
    const title = [entry.title, ...entry.names].join('\n');
    const forms = inclusiveForms(`${title}\n${entry.text}`);
    await this.#db.atomic([
      kysely.deleteFrom('note_search').where('rowid', '=', number),
      sql`INSERT INTO note_search (rowid, title, text, forms)
        SELECT number, ${foldText(title)}, ${foldText(entry.text)}, ${forms} FROM note_index WHERE id = ${entry.id}`.compile(
        kysely,
      ),
    ]);
  }

  search(query: string, asker: Asker, limit: number): Promise<readonly NoteId[]> {
    return this.#find(query, asker, sql`LIMIT ${limit}`);
  }

  searchCarnet(query: string, asker: Asker, carnet: CarnetId): Promise<readonly NoteId[]> {
    return this.#find(
      query,
      asker,
      sql``,
      sql`AND note.id IN (SELECT member FROM collection_entry WHERE collection = ${carnet})`,
    );
  }

  async #find(
    query: string,
    asker: Asker,
    limit: RawBuilder<unknown>,
    within: RawBuilder<unknown> = sql``,
  ): Promise<readonly NoteId[]> {
    const match = toMatch(query);
    if (match === null) return [];
    const { rows } = await sql<{ id: string }>`
      SELECT note.id AS id
      FROM note_search
      JOIN note_index ON note_index.number = note_search.rowid
      JOIN note ON note.id = note_index.id
      WHERE note_search MATCH ${match} AND note.trashed_at IS NULL AND ${noteVisibleTo(asker)} ${within}
      ORDER BY bm25(note_search, 8.0, 1.0, 1.0), note_index.modified_at DESC
      ${limit}`.execute(this.#db.kysely);
    return rows.map((row) => row.id as NoteId);
  }

  async clear(): Promise<void> {
    // Contentless tables are emptied by their own command.
    await sql`INSERT INTO note_search (note_search) VALUES ('delete-all')`.execute(this.#db.kysely);
  }
}
