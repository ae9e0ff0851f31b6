import { sql } from 'kysely';
import { bookOptionsSchema } from '#shared/api/exports.ts';
import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import type { EditionRecord, EditionStore, FrozenFacts } from '../../ports/EditionStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

function toEdition(row: CatalogueTables['edition']): EditionRecord {
  return {
    carnet: row.carnet as CarnetId,
    number: row.number,
    title: row.title,
    remark: row.remark,
    by: row.by_person as PersonId,
    at: row.at,
    seq: row.seq,
    digest: row.digest,
    options: bookOptionsSchema.parse(JSON.parse(row.options)),
    facts: JSON.parse(row.facts) as FrozenFacts,
    withdrawn:
      row.withdrawn_by === null || row.withdrawn_at === null
        ? null
        : { by: row.withdrawn_by as PersonId, at: row.withdrawn_at },
  };
}

/** Editions of carnets, over SQLite. */
export class SqliteEditionStore implements EditionStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(edition: Omit<EditionRecord, 'number' | 'withdrawn'>, trace: Trace): Promise<number> {
    const { carnet, title, remark, by, at, seq, digest, options, facts } = edition;
    const added = await inTransaction(this.#db, async (kysely) => {
      const last = await kysely
        .selectFrom('edition')
        .select(({ fn }) => fn.max('number').as('number'))
        .where('carnet', '=', carnet)
        .executeTakeFirst();
      const number = (last?.number ?? 0) + 1;
      const insert = kysely.insertInto('edition').values({
        carnet,
        number,
        title,
        remark,
        by_person: by,
        at,
        seq,
        digest,
        options: JSON.stringify(options),
        facts: JSON.stringify(facts),
        cover_image: facts.cover.image,
        withdrawn_by: null,
        withdrawn_at: null,
      });
      const audit = trace.audit.map((line) => ({ ...line, value: String(number) }));
      return { value: number, then: [insert, ...traceInserts(kysely, { ...trace, audit })] };
    });
    return added ?? 0;
  }

  async get(carnet: CarnetId, number: number): Promise<EditionRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('edition')
      .selectAll()
      .where('carnet', '=', carnet)
      .where('number', '=', number)
      .executeTakeFirst();
    return row === undefined ? null : toEdition(row);
  }

  async list(carnet: CarnetId): Promise<readonly EditionRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('edition')
      .selectAll()
      .where('carnet', '=', carnet)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(toEdition);
  }

  async withdraw(
    carnet: CarnetId,
    number: number,
    withdrawn: EditionRecord['withdrawn'],
    trace: Trace,
  ): Promise<boolean> {
    const done = await inTransaction(this.#db, async (kysely) => {
      const { numUpdatedRows } = await kysely
        .updateTable('edition')
        .set({ withdrawn_by: withdrawn?.by ?? null, withdrawn_at: withdrawn?.at ?? null })
        .where('carnet', '=', carnet)
        .where('number', '=', number)
        .where('withdrawn_at', withdrawn === null ? 'is not' : 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { value: true, then: traceInserts(kysely, trace) } : null;
    });
    return done ?? false;
  }

  async forgetPerson(person: PersonId): Promise<void> {
    await this.#db.kysely
      .updateTable('edition')
      .set({ facts: sql<string>`json_remove(facts, ${`$.names."${person}"`})` })
      .where(sql<string>`json_extract(facts, ${`$.names."${person}"`})`, 'is not', null)
      .execute();
  }
}
