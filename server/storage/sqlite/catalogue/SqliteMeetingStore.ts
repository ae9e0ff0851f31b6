import type { CarnetId, DocumentId, MeetingId, PersonId } from '#shared/domain/ids.ts';
import type { MeetingGuest, MeetingRecord, MeetingShare, MeetingStore } from '../../ports/MeetingStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

function toGuest(row: CatalogueTables['meeting_guest']): MeetingGuest {
  return {
    person: row.person as PersonId,
    meeting: row.meeting as MeetingId,
    claimHash: row.claim_hash,
    backKey: row.back_key,
    joinedAt: row.joined_at,
  };
}

/** Meetings on the local network, over SQLite. */
export class SqliteMeetingStore implements MeetingStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add({ id, host, carnets, mayWrite, startedAt, endedAt }: MeetingRecord, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.insertInto('meeting').values({
        id,
        host,
        may_write: Number(mayWrite),
        started_at: startedAt,
        ended_at: endedAt,
      }),
      ...carnets.map((carnet) => kysely.insertInto('meeting_carnet').values({ meeting: id, carnet })),
      ...traceInserts(kysely, trace),
    ]);
  }

  async current(): Promise<MeetingRecord | null> {
    const { kysely } = this.#db;
    const row = await kysely
      .selectFrom('meeting')
      .selectAll()
      .where('ended_at', 'is', null)
      .orderBy('started_at', 'desc')
      .executeTakeFirst();
    if (row === undefined) return null;
    const carnets = await kysely
      .selectFrom('meeting_carnet')
      .select('carnet')
      .where('meeting', '=', row.id)
      .execute();
    return {
      id: row.id as MeetingId,
      host: row.host as PersonId,
      carnets: carnets.map(({ carnet }) => carnet as CarnetId),
      mayWrite: row.may_write === 1,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    };
  }

  async end(id: MeetingId, at: number, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.updateTable('meeting').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null),
      ...traceInserts(kysely, trace),
    ]);
  }

  async addGuest(guest: MeetingGuest, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    const { person, meeting, claimHash, backKey, joinedAt } = guest;
    const row = {
      person,
      meeting,
      claim_hash: claimHash,
      back_key: backKey,
      joined_at: joinedAt,
      removed_at: null,
    };
    await this.#db.atomic([kysely.insertInto('meeting_guest').values(row), ...traceInserts(kysely, trace)]);
  }

  async removeGuest(person: PersonId, at: number, trace: Trace): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely
        .updateTable('meeting_guest')
        .set({ removed_at: at })
        .where('person', '=', person)
        .where('removed_at', 'is', null),
      ...traceInserts(kysely, trace),
    ]);
  }

  async guests(meeting: MeetingId): Promise<readonly MeetingGuest[]> {
    const rows = await this.#db.kysely
      .selectFrom('meeting_guest')
      .selectAll()
      .where('meeting', '=', meeting)
      .where('removed_at', 'is', null)
      .orderBy('number')
      .execute();
    return rows.map(toGuest);
  }

  async mayReturn(meeting: MeetingId): Promise<readonly MeetingGuest[]> {
    const { kysely } = this.#db;
    const takenOut = kysely
      .selectFrom('meeting_guest')
      .select('person')
      .where('meeting', '=', meeting)
      .where('removed_at', 'is not', null);
    const last = kysely
      .selectFrom('meeting_guest')
      .select(({ fn }) => fn.max('number').as('number'))
      .groupBy('person');
    const rows = await kysely
      .selectFrom('meeting_guest')
      .selectAll()
      .where('number', 'in', last)
      .where('back_key', 'is not', null)
      .where('person', 'not in', takenOut)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(toGuest);
  }

  async claimOf(person: PersonId): Promise<string | null> {
    const row = await this.#db.kysely
      .selectFrom('meeting_guest')
      .select('claim_hash')
      .where('person', '=', person)
      .orderBy('number')
      .executeTakeFirst();
    return row?.claim_hash ?? null;
  }

  async shareOf(person: PersonId): Promise<MeetingShare | null> {
    const { kysely } = this.#db;
    const row = await kysely
      .selectFrom('meeting_guest')
      .innerJoin('meeting', 'meeting.id', 'meeting_guest.meeting')
      .select(['meeting.id', 'host', 'may_write', 'ended_at', 'removed_at'])
      .where('person', '=', person)
      .orderBy('number', 'desc')
      .executeTakeFirst();
    if (row === undefined) return null;
    const share = { host: row.host as PersonId, mayWrite: row.may_write === 1 };
    if (row.ended_at !== null || row.removed_at !== null) return { ...share, documents: new Set() };
    const carnets = kysely.selectFrom('meeting_carnet').select('carnet').where('meeting', '=', row.id);
    const rows = await kysely
      .selectFrom('meeting_carnet')
      .select('carnet as id')
      .where('meeting', '=', row.id)
      .union(kysely.selectFrom('collection_entry').select('member as id').where('collection', 'in', carnets))
      .execute();
    return { ...share, documents: new Set(rows.map(({ id }) => id as DocumentId)) };
  }
}
