import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { GuestPlaces, IdentityStore } from '../../ports/IdentityStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

/** The tables of roles by name: of what, and the roles, strongest first. */
const roleTables = [
  ['note_person', 'note', ['author', 'commenter', 'reader']],
  ['collection_person', 'collection', ['manager', 'contributor', 'reader']],
  ['community_person', 'community', ['responsable', 'member']],
] as const;

/** Columns that say who, of rows that are known by something else. */
const whoColumns = [
  ['thread', 'by_person'],
  ['thread', 'resolved_by'],
  ['thread_message', 'by_person'],
  ['report', 'by_person'],
  ['report', 'settled_by'],
  ['hidden_message', 'by_person'],
  ['notice', 'from_person'],
  ['notice', 'person'],
  ['invitation', 'created_by'],
  ['attachment', 'person'],
  ['note', 'locked_by'],
  ['collection_entry', 'integrated_by'],
] as const;

/** Who a guest is now, over SQLite. */
export class SqliteIdentityStore implements IdentityStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async all(): Promise<ReadonlyMap<PersonId, PersonId>> {
    const rows = await this.#db.kysely.selectFrom('identity').select(['guest', 'account']).execute();
    return new Map(rows.map(({ guest, account }) => [guest as PersonId, account as PersonId]));
  }

  join(guest: PersonId, account: PersonId, at: number, trace: Trace): Promise<GuestPlaces | null> {
    // It keeps the log's commits waiting, some milliseconds, once in the life of a guest.
    return this.#db.kysely.transaction().execute(async (kysely) => {
      if (!(await isPair(kysely, guest, account))) return null;
      const places = await placesOf(kysely, guest);
      const steps = [...roleMoves(guest, account), ...moves(guest, account), ...ends(guest, account)];
      for (const step of steps) await step.execute(kysely);
      await kysely.insertInto('identity').values({ guest, account, at }).execute();
      for (const query of traceInserts(kysely, trace)) await kysely.executeQuery(query.compile());
      return places;
    });
  }

  async recognize(elsewhere: PersonId, person: PersonId, at: number): Promise<void> {
    await this.#db.kysely.transaction().execute(async (kysely) => {
      const { numInsertedOrUpdatedRows } = await kysely
        .insertInto('identity')
        .values({ guest: elsewhere, account: person, at })
        .onConflict((conflict) => conflict.column('guest').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return;
      const steps = [
        ...roleMoves(elsewhere, person),
        ...moves(elsewhere, person),
        ...ends(elsewhere, person),
      ];
      for (const step of steps) await step.execute(kysely);
    });
  }
}

async function isPair(kysely: Kysely<CatalogueTables>, guest: PersonId, account: PersonId): Promise<boolean> {
  const rows = await kysely
    .selectFrom('person')
    .select(['id', 'kind'])
    .where('id', 'in', [guest, account])
    .execute();
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  const kind = kinds.get(guest);
  return (kind === 'guest' || kind === 'stated') && kinds.get(account) === 'account';
}

async function placesOf(kysely: Kysely<CatalogueTables>, guest: PersonId): Promise<GuestPlaces> {
  const [notes, collections, communities] = await Promise.all([
    kysely.selectFrom('note_person').select('note').where('person', '=', guest).execute(),
    kysely
      .selectFrom('collection_person')
      .innerJoin('collection', 'collection.id', 'collection_person.collection')
      .select(['collection.id', 'collection.kind'])
      .where('person', '=', guest)
      .execute(),
    kysely.selectFrom('community_person').select('community').where('person', '=', guest).execute(),
  ]);
  return {
    notes: notes.map(({ note }) => note as NoteId),
    collections: collections.map(({ id, kind }) => ({ kind, id }) as CollectionRef),
    communities: communities.map(({ community }) => community as CommunityId),
  };
}

/** Roles by name: of two the stronger, and the earlier place in the list. What an author or a member asked for they have. */
function roleMoves(guest: PersonId, account: PersonId): RawBuilder<unknown>[] {
  const moved = roleTables.flatMap(([name, column, strongest]) => {
    const table = sql.table(name);
    const subject = sql.ref(column);
    const rank = (side: string) =>
      sql`CASE ${sql.ref(`${side}.role`)} ${sql.join(
        strongest.map((role, at) => sql`WHEN ${sql.lit(role)} THEN ${sql.lit(at)}`),
        sql` `,
      )} END`;
    return [
      sql`INSERT INTO ${table} (${subject}, person, role, at)
        SELECT ${subject}, ${account}, role, at FROM ${table} WHERE person = ${guest}
        ON CONFLICT (${subject}, person) DO UPDATE SET
          role = iif(${rank('excluded')} < ${rank(name)}, excluded.role, ${sql.ref(`${name}.role`)}),
          at = min(${sql.ref(`${name}.at`)}, excluded.at)`,
      sql`DELETE FROM ${table} WHERE person = ${guest}`,
    ];
  });
  return [
    ...moved,
    sql`UPDATE OR IGNORE access_request SET person = ${account} WHERE person = ${guest}`,
    sql`DELETE FROM access_request WHERE person = ${account} AND (
      subject_id IN (SELECT note FROM note_person WHERE person = ${account} AND role = 'author')
      OR subject_id IN (SELECT community FROM community_person WHERE person = ${account}))`,
  ];
}

/** What was said, sent, told, integrated and read. */
function moves(guest: PersonId, account: PersonId): RawBuilder<unknown>[] {
  const same = sql`kind = 'changed' AND read_at IS NULL`;
  return [
    // Of one note in one carnet, a person has one such notice that they did not read.
    sql`DELETE FROM notice WHERE person = ${guest} AND ${same} AND EXISTS (
      SELECT 1 FROM notice AS other WHERE other.person = ${account} AND other.kind = 'changed' AND other.read_at IS NULL
        AND other.subject_id = notice.subject_id AND other.within IS notice.within)`,
    ...whoColumns.map(
      ([table, column]) =>
        sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${account} WHERE ${sql.ref(column)} = ${guest}`,
    ),
    // Nobody is told what they did themselves.
    sql`DELETE FROM notice WHERE person = ${account} AND from_person = ${account}`,
    sql`UPDATE thread_message SET mentions = (
        SELECT json_group_array(id) FROM (
          SELECT iif(value = ${guest}, ${account}, value) AS id FROM json_each(mentions) GROUP BY 1 ORDER BY min(key)))
      WHERE instr(mentions, ${guest}) > 0`,
    sql`INSERT INTO note_read (person, note, epoch, seq, at)
      SELECT ${account}, note, epoch, seq, at FROM note_read WHERE person = ${guest}
      ON CONFLICT (person, note) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, at = excluded.at
        WHERE excluded.at > note_read.at`,
  ];
}

/** The guest's own row goes, and with it what they chose and said of themself. */
function ends(guest: PersonId, account: PersonId): RawBuilder<unknown>[] {
  return [
    sql`UPDATE person SET role = 'administrator' WHERE id = ${account}
      AND EXISTS (SELECT 1 FROM person AS other WHERE other.id = ${guest} AND other.role = 'administrator')`,
    sql`DELETE FROM person WHERE id = ${guest}`,
  ];
}
