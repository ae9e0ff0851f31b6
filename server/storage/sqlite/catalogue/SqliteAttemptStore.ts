import type { AttemptStore } from '../../ports/AttemptStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** Counts of tries over SQLite: they outlive a restart. */
export class SqliteAttemptStore implements AttemptStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(key: string, now: number, windowMs: number): Promise<number> {
    // Whoever tries many names leaves none behind for longer than their window.
    await this.#db.kysely.deleteFrom('attempt').where('until', '<=', now).execute();
    const row = await this.#db.kysely
      .insertInto('attempt')
      .values({ key, count: 1, until: now + windowMs })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({ count: eb('attempt.count', '+', 1) })),
      )
      .returning('count')
      .executeTakeFirstOrThrow();
    return row.count;
  }

  async forget(key: string): Promise<void> {
    await this.#db.kysely.deleteFrom('attempt').where('key', '=', key).execute();
  }
}
