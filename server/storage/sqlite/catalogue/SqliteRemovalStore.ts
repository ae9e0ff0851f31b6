import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { RemovalStore, Trashed } from '../../ports/RemovalStore.ts';
import type { Statement } from '../../ports/UpdateLog.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import { traceInserts } from './traceInserts.ts';

/** Pages of the search that are written anew in one step: commits wait for no more than that. */
const mergePages = 64;
const maxMerges = 20_000;

/** The end of notes, carnets and bases, over SQLite. */
export class SqliteRemovalStore implements RemovalStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async trashedBefore(time: number): Promise<readonly Trashed[]> {
    const { rows } = await sql<{ id: string; kind: string }>`
      SELECT id, kind FROM (SELECT id, 'note' AS kind, trashed_at FROM note UNION ALL SELECT id, kind, trashed_at FROM collection)
      WHERE trashed_at < ${time} ORDER BY trashed_at`.execute(this.#db.kysely);
    return rows as Trashed[];
  }

  statementsToRemove(id: DocumentId, audit: RegisterEntry): readonly Statement[] {
    return this.#deletesOf(id, audit).map((query) => query.compile());
  }

  async remove(id: DocumentId, audit: RegisterEntry): Promise<void> {
    await this.#db.atomic(this.#deletesOf(id, audit));
  }

  #deletesOf(id: DocumentId, audit: RegisterEntry): Compilable[] {
    const { kysely } = this.#db;
    const number = sql<number>`(SELECT number FROM note_index WHERE id = ${id})`;
    return [
      // Its rows are numbered as those of note_index.
      kysely.deleteFrom('note_search').where('rowid', '=', number),
      kysely.deleteFrom('note_index').where('id', '=', id),
      kysely.deleteFrom('note_link').where('source', '=', id),
      kysely.deleteFrom('note_term').where('note', '=', id),
      kysely.deleteFrom('term_form').where('term', '=', id),
      kysely.deleteFrom('dismissed_term').where((by) => by.or([by('note', '=', id), by('term', '=', id)])),
      kysely.deleteFrom('collection_index').where('id', '=', id),
      kysely.deleteFrom('collection_entry').where('collection', '=', id),
      kysely.deleteFrom('invitation').where('subject_id', '=', id),
      kysely.deleteFrom('access_request').where('subject_id', '=', id),
      kysely.deleteFrom('notice').where('subject_id', '=', id),
      // Editions of carnets that held it say that it is gone.
      kysely
        .updateTable('edition')
        .set({ facts: sql<string>`json_remove(facts, ${`$.notes."${id}"`})` })
        .where(sql<string>`json_type(facts, ${`$.notes."${id}"`})`, 'is not', null),
      kysely.updateTable('collection').set({ template: null }).where('template', '=', id),
      kysely.deleteFrom('note').where('id', '=', id),
      kysely.deleteFrom('collection').where('id', '=', id),
      ...traceInserts(kysely, { audit: [audit], notices: [] }),
    ];
  }

  async forgetFiles(before: number, only?: readonly AttachmentId[]): Promise<readonly string[]> {
    const { kysely } = this.#db;
    const meant =
      only === undefined
        ? sql`created_at < ${before}`
        : sql`id IN (SELECT value FROM json_each(${JSON.stringify(only)}))`;
    const { rows: unheld } = await sql<{ id: string; digest: string }>`
      SELECT id, digest FROM attachment
      WHERE ${meant} AND NOT EXISTS (SELECT 1 FROM attachment_note WHERE attachment_note.attachment = attachment.id)
        AND NOT EXISTS (SELECT 1 FROM community WHERE community.image = attachment.id)
        AND NOT EXISTS (SELECT 1 FROM collection WHERE collection.cover_image = attachment.id)
        AND NOT EXISTS (SELECT 1 FROM edition WHERE edition.cover_image = attachment.id)`.execute(kysely);
    const gone: string[] = [];
    for (const slice of slices(unheld)) {
      await kysely
        .deleteFrom('attachment')
        .where(
          'id',
          'in',
          slice.map((one) => one.id),
        )
        .execute();
      const digests = [...new Set(slice.map((one) => one.digest))];
      const kept = await kysely
        .selectFrom('attachment')
        .select('digest')
        .distinct()
        .where('digest', 'in', digests)
        .execute();
      const named = new Set(kept.map((one) => one.digest));
      gone.push(...digests.filter((digest) => !named.has(digest)));
    }
    return gone;
  }

  async #totalChanges(): Promise<number> {
    const { rows } = await sql<{ count: number }>`SELECT total_changes() AS count`.execute(this.#db.kysely);
    return rows[0]?.count ?? 0;
  }

  async wipe(): Promise<void> {
    const { kysely } = this.#db;
    // The words of a note that was taken out stay in the index until the part that holds them is written anew.
    const merge = (pages: number): RawBuilder<unknown> =>
      sql`INSERT INTO note_search (note_search, rank) VALUES ('merge', ${pages})`;
    let before = await this.#totalChanges();
    for (let step = 0; step < maxMerges; step++) {
      await merge(step === 0 ? -mergePages : mergePages).execute(kysely);
      const after = await this.#totalChanges();
      // Less than two changes: there was nothing to do (sqlite.org/fts5.html, "merge").
      if (after - before < 2) break;
      before = after;
    }
    await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(kysely);
  }
}
