import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { LogOperations } from './logOperations.ts';
import { unpackRows } from './packRows.ts';
import type { AtomicResult, QueryResult, WorkerFailure, WorkerRequest } from './workerMessages.ts';

const maxStatements = 500;
/** SQLite 3.51.3 mends a fault by which a WAL could be reset while it was read. */
const oldestSqlite = [3, 51, 3] as const;
const storageFailures = /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB|READONLY|CANTOPEN|NOMEM|PROTOCOL)/;

/** The one connection to the file, inside the worker. */
export class WorkerDatabase {
  private readonly file: string;
  private database: Database.Database;
  private log: LogOperations | null = null;
  private readonly statements = new Map<string, Database.Statement<unknown[], Record<string, unknown>>>();
  private closed = false;

  constructor(file: string) {
    this.file = file;
    this.database = open(file);
  }

  /** Does one piece of work whole. @throws SqliteError, AppError; a transaction that it began is then rolled back. */
  perform(request: WorkerRequest): unknown {
    // Given up after a failure and not opened again so far.
    if (!this.database.open) this.database = open(this.file);
    switch (request.kind) {
      case 'query':
        return this.query(request.sql, request.parameters);
      case 'atomic':
        return this.inTransaction((): AtomicResult => {
          if (request.create !== null) this.operations().create(request.create);
          const results = request.statements.map((one) => this.query(one.sql, one.parameters));
          return {
            results,
            seqs: request.rows === null ? [] : this.operations().append(unpackRows(request.rows)),
          };
        });
      case 'control':
        this.database.exec(request.sql);
        return null;
      case 'log':
        // The names come from our own adapter; the argument's type goes with the name there.
        return (this.operations()[request.operation] as (argument: unknown) => unknown).call(
          this.log,
          request.argument,
        );
      case 'close':
        this.discard();
        return null;
    }
  }

  /** Says what went wrong in the project's words. A failed file is given up and opened again before anything else is written. */
  failure(error: unknown): WorkerFailure {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof AppError) return { code: error.code, message, sqlite: null };
    const sqlite = error instanceof Database.SqliteError ? error.code : null;
    if (sqlite === null) return { code: 'internal', message, sqlite };
    if (sqlite.startsWith('SQLITE_CONSTRAINT')) return { code: 'conflict', message, sqlite };
    if (!storageFailures.test(sqlite)) return { code: 'internal', message, sqlite };
    this.reopen();
    return { code: sqlite === 'SQLITE_FULL' ? 'storage_full' : 'storage_failed', message, sqlite };
  }

  private operations(): LogOperations {
    this.log ??= new LogOperations(this.database);
    return this.log;
  }

  private inTransaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.log?.forget();
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private query(sql: string, parameters: readonly unknown[]): QueryResult {
    const statement = this.prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters), changes: 0, lastInsertRowid: 0 };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  private prepare(sql: string): Database.Statement<unknown[], Record<string, unknown>> {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    if (this.statements.size >= maxStatements) this.statements.clear();
    const statement = this.database.prepare<unknown[], Record<string, unknown>>(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private reopen(): void {
    this.discard();
    try {
      this.database = open(this.file);
    } catch {
      // Still failing: the next request tries again.
    }
  }

  private discard(): void {
    this.statements.clear();
    this.log = null;
    try {
      this.database.close();
    } catch {
      // A connection that cannot even be closed is left to the process's end.
    }
  }
}

function open(file: string): Database.Database {
  const database = new Database(file);
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  if (isOlder(version)) throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}`);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'secure_delete = ON',
    'mmap_size = 0',
    'cache_size = -16000',
    'temp_store = MEMORY',
    'journal_size_limit = 67108864',
  ]) {
    database.pragma(pragma);
  }
  return database;
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
