import type { SettingsStore } from '../../ports/SettingsStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** The relay's own small facts over SQLite. */
export class SqliteSettingsStore implements SettingsStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async get(key: string): Promise<string | null> {
    const row = await this.#db.kysely
      .selectFrom('setting')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.value ?? null;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#db.kysely
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }

  async setIfAbsent(key: string, value: string): Promise<boolean> {
    const result = await this.#db.kysely
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
}
