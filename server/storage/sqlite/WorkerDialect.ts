import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteDatabase, SqliteTransaction } from './SqliteDatabase.ts';

/**
 * Kysely over the worker that owns the file. A Kysely transaction keeps the log's commits waiting: for several statements known beforehand, compile them
 * and call `database.atomic(queries)`, which takes one message and one fsync.
 */
export class WorkerDialect implements Dialect {
  private readonly database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  createDriver(): Driver {
    return new WorkerDriver(this.database);
  }
  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new PooledAdapter();
  }
  // oxlint-disable-next-line typescript/no-explicit-any -- Kysely's own signature
  createIntrospector(database: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(database);
  }
}

/** Our gate keeps transactions apart, so that single queries need not wait for one another. */
class PooledAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class WorkerDriver implements Driver {
  private readonly database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async init(): Promise<void> {
    // The database is open already, and is closed by who opened it.
  }
  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new WorkerConnection(this.database));
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as WorkerConnection).transaction = await this.database.begin();
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).transaction?.commit();
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).transaction?.rollback();
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await (connection as WorkerConnection).transaction?.rollback();
  }
  async destroy(): Promise<void> {
    // See init.
  }
}

class WorkerConnection implements DatabaseConnection {
  transaction: SqliteTransaction | null = null;
  private readonly database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await (this.transaction ?? this.database).query<R>(query.sql, query.parameters);
    return {
      rows: [...result.rows],
      numAffectedRows: BigInt(result.changes),
      insertId: BigInt(result.lastInsertRowid),
    };
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed: read them in pages');
  }
}
