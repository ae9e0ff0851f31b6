import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { PublishedRow, PublishedRowStore } from '../../ports/PublishedRowStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** Which moments of notes carnets may show, over SQLite. */
export class SqlitePublishedRowStore implements PublishedRowStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add({ carnet, note, seq, by, at }: PublishedRow): Promise<void> {
    await this.#db.kysely
      .insertInto('published_row')
      .values({ carnet, note, seq, by_person: by, at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async of(carnet: CarnetId): Promise<ReadonlyMap<NoteId, ReadonlySet<number>>> {
    const rows = await this.#db.kysely
      .selectFrom('published_row')
      .select(['note', 'seq'])
      .where('carnet', '=', carnet)
      .execute();
    const found = new Map<NoteId, Set<number>>();
    for (const { note, seq } of rows)
      found.set(note as NoteId, (found.get(note as NoteId) ?? new Set<number>()).add(seq));
    return found;
  }
}
