import { z } from 'zod';
import { leavingChoiceSchema } from '#shared/api/leaving.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { departed } from '../../departed.ts';
import type { Leaving, LeavingStore } from '../../ports/LeavingStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

const choicesSchema = z.record(z.string(), leavingChoiceSchema);

/** Who is leaving, over SQLite. */
export class SqliteLeavingStore implements LeavingStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async ask(person: PersonId, { askedAt, dueAt, choices }: Leaving): Promise<void> {
    const row = { asked_at: askedAt, due_at: dueAt, choices: JSON.stringify(choices) };
    await this.#db.kysely
      .insertInto('leaving')
      .values({ person, ...row })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
      .execute();
  }

  async get(person: PersonId): Promise<Leaving | null> {
    const row = await this.#db.kysely
      .selectFrom('leaving')
      .selectAll()
      .where('person', '=', person)
      .executeTakeFirst();
    if (row === undefined) return null;
    const choices = choicesSchema.parse(JSON.parse(row.choices));
    return { askedAt: row.asked_at, dueAt: row.due_at, choices };
  }

  async cancel(person: PersonId): Promise<boolean> {
    const { numDeletedRows } = await this.#db.kysely
      .deleteFrom('leaving')
      .where('person', '=', person)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async due(now: number): Promise<readonly PersonId[]> {
    const rows = await this.#db.kysely
      .selectFrom('leaving')
      .select('person')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .execute();
    return rows.map((row) => row.person as PersonId);
  }

  async depart(person: PersonId): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.deleteFrom('notice').where('person', '=', person),
      kysely.deleteFrom('notice_setting').where('person', '=', person),
      kysely.deleteFrom('notice_choice').where('person', '=', person),
      kysely.deleteFrom('digest').where('person', '=', person),
      kysely.deleteFrom('note_read').where('person', '=', person),
      kysely.deleteFrom('profile').where('person', '=', person),
      kysely.deleteFrom('access_request').where('person', '=', person),
      kysely.deleteFrom('invitation').where('created_by', '=', person),
      kysely.deleteFrom('note_person').where('person', '=', person).where('role', '!=', 'author'),
      kysely.deleteFrom('collection_person').where('person', '=', person).where('role', '!=', 'manager'),
      kysely.deleteFrom('leaving').where('person', '=', person),
      kysely.updateTable('person').set(departed).where('id', '=', person),
    ]);
  }
}
