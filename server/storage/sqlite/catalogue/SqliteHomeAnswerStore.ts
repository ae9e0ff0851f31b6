import { sql } from 'kysely';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import { type HomeAnswer, type HomeAnswerStore, keptAnswers } from '../../ports/HomeAnswerStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** Answers of followed relays over SQLite. */
export class SqliteHomeAnswerStore implements HomeAnswerStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async get(relay: FollowedRelayId, path: string): Promise<HomeAnswer | null> {
    const row = await this.#db.kysely
      .selectFrom('home_answer')
      .select(['body', 'at'])
      .where('relay', '=', relay)
      .where('path', '=', path)
      .executeTakeFirst();
    return row ?? null;
  }

  async set(relay: FollowedRelayId, path: string, { body, at }: HomeAnswer): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely
        .insertInto('home_answer')
        .values({ relay, path, body, at })
        .onConflict((conflict) => conflict.columns(['relay', 'path']).doUpdateSet({ body, at })),
      kysely
        .deleteFrom('home_answer')
        .where(
          'path',
          'in',
          kysely
            .selectFrom('home_answer')
            .select('path')
            .where('relay', '=', relay)
            .orderBy('at', 'desc')
            .limit(-1)
            .offset(keptAnswers),
        )
        .where('relay', '=', relay),
    ]);
  }

  async forget(relay: FollowedRelayId, beginning: string): Promise<void> {
    await this.#db.kysely
      .deleteFrom('home_answer')
      .where('relay', '=', relay)
      .where(sql<string>`substr(path, 1, ${beginning.length})`, '=', beginning)
      .execute();
  }
}
