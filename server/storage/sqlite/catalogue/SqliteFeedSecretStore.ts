import type { PersonId } from '#shared/domain/ids.ts';
import type { FeedSecretStore } from '../../ports/FeedSecretStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** Secrets of feeds, over SQLite. */
export class SqliteFeedSecretStore implements FeedSecretStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async createdAt(person: PersonId): Promise<number | null> {
    const row = await this.#db.kysely
      .selectFrom('feed_secret')
      .select('at')
      .where('person', '=', person)
      .executeTakeFirst();
    return row?.at ?? null;
  }

  async set(person: PersonId, hash: string, at: number): Promise<void> {
    await this.#db.kysely
      .insertInto('feed_secret')
      .values({ person, hash, at })
      .onConflict((conflict) => conflict.column('person').doUpdateSet({ hash, at }))
      .execute();
  }

  async remove(person: PersonId): Promise<void> {
    await this.#db.kysely.deleteFrom('feed_secret').where('person', '=', person).execute();
  }

  async find(hash: string): Promise<PersonId | null> {
    const row = await this.#db.kysely
      .selectFrom('feed_secret')
      .select('person')
      .where('hash', '=', hash)
      .executeTakeFirst();
    return (row?.person as PersonId | undefined) ?? null;
  }
}
