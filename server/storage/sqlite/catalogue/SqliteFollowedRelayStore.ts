import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { FollowedRelay } from '../../../mirror/FollowedRelays.ts';
import type { FollowedRelayStore } from '../../ports/FollowedRelayStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

/** Followed relays over SQLite. */
export class SqliteFollowedRelayStore implements FollowedRelayStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async list(): Promise<readonly FollowedRelay[]> {
    const rows = await this.#db.kysely
      .selectFrom('followed_relay')
      .selectAll()
      .orderBy('added_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      origin: row.origin,
      name: row.name,
      personThere: row.person_there as PersonId,
      nameThere: row.name_there,
      device: row.device as DeviceId,
      addedAt: row.added_at,
    }));
  }

  async add(relay: FollowedRelay): Promise<boolean> {
    const { id, origin, name, personThere, nameThere, device, addedAt } = relay;
    const { numInsertedOrUpdatedRows } = await this.#db.kysely
      .insertInto('followed_relay')
      .values({
        id,
        origin,
        name,
        person_there: personThere,
        name_there: nameThere,
        device,
        added_at: addedAt,
      })
      .onConflict((conflict) => conflict.column('origin').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async rename(id: FollowedRelayId, name: string): Promise<void> {
    await this.#db.kysely.updateTable('followed_relay').set({ name }).where('id', '=', id).execute();
  }

  async remove(id: FollowedRelayId): Promise<void> {
    await this.#db.kysely.deleteFrom('followed_relay').where('id', '=', id).execute();
  }
}
