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
