import type { Epoch, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ReadMark, ReadMarkStore } from '../../ports/ReadMarkStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

const toMark = ({ note, epoch, seq, at }: CatalogueTables['note_read']): ReadMark => ({
  note: note as NoteId,
  epoch: epoch as Epoch,
  seq,
  at,
});

/** How far people read, over SQLite. */
export class SqliteReadMarkStore implements ReadMarkStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async get(person: PersonId, note: NoteId): Promise<ReadMark | null> {
    const row = await this.#db.kysely
      .selectFrom('note_read')
      .selectAll()
      .where('person', '=', person)
      .where('note', '=', note)
      .executeTakeFirst();
    return row === undefined ? null : toMark(row);
  }

  async set(person: PersonId, { note, epoch, seq, at }: ReadMark): Promise<void> {
    await this.#db.kysely
      .insertInto('note_read')
      .values({ person, note, epoch, seq, at })
      .onConflict((conflict) =>
        conflict
          .columns(['person', 'note'])
          .doUpdateSet({ epoch, seq, at })
          .where((where) =>
            where.or([where('note_read.epoch', '!=', epoch as string), where('note_read.seq', '<=', seq)]),
          ),
      )
      .execute();
  }

  async of(person: PersonId): Promise<readonly ReadMark[]> {
    const rows = await this.#db.kysely
      .selectFrom('note_read')
      .selectAll()
      .where('person', '=', person)
      .orderBy('at', 'desc')
      .execute();
    return rows.map(toMark);
  }
}
