import { type Compilable, type CompiledQuery, Kysely } from 'kysely';
import type { SqliteDatabase } from '../SqliteDatabase.ts';
import { WorkerDialect } from '../WorkerDialect.ts';
import type { CatalogueTables } from './tables.ts';

/** What the adapters of the catalogue need of the database. */
export interface CatalogueDatabase {
  readonly kysely: Kysely<CatalogueTables>;
  /** Runs writes in one transaction, in order, in one message to the thread that owns the file. */
  atomic(queries: readonly (Compilable | CompiledQuery)[]): Promise<void>;
}

/** The catalogue's view of a database that has the migrations applied; it is closed by who opened it. */
export function catalogueDatabase(database: SqliteDatabase): CatalogueDatabase {
  return {
    kysely: new Kysely<CatalogueTables>({ dialect: new WorkerDialect(database) }),
    async atomic(queries) {
      await database.atomic(queries.map((query) => ('compile' in query ? query.compile() : query)));
    },
  };
}

/** Ids go to SQLite in slices of this many, below its limit of parameters. */
export const idsPerQuery = 500;

/** Cuts a list so that each slice fits one query. */
export function slices<T>(all: readonly T[]): T[][] {
  const out: T[][] = [];
  for (let at = 0; at < all.length; at += idsPerQuery) out.push(all.slice(at, at + idsPerQuery));
  return out;
}

/**
 * Looks, then writes, in one transaction, where what is written depends on what is there. It keeps the log's commits waiting: for changes that people make by hand.
 * @param look - what it read, as the value to give back and the writes to end with; null writes nothing.
 */
export async function inTransaction<T>(
  db: CatalogueDatabase,
  look: (kysely: Kysely<CatalogueTables>) => Promise<{ value: T; then: readonly Compilable[] } | null>,
): Promise<T | null> {
  return db.kysely.transaction().execute(async (transaction) => {
    const outcome = await look(transaction);
    if (outcome === null) return null;
    for (const query of outcome.then) await transaction.executeQuery(query.compile());
    return outcome.value;
  });
}
