import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { LogOperations } from './logOperations.ts';
import { openDatabase, syncWal } from './openDatabase.ts';
import { RowUnpacker } from './packRows.ts';
import type { AtomicResult, QueryResult, WorkerFailure, WorkerRequest } from './workerMessages.ts';

const maxStatements = 500;
const storageFailures = /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB|READONLY|CANTOPEN|NOMEM|PROTOCOL)/;

/** The one connection to the file, inside the worker. */
export class WorkerDatabase {
  private readonly file: string;
  private database: Database.Database;
  private hasFailed = false;
  private log: LogOperations | null = null;
  private readonly unpacker = new RowUnpacker();
  private begin: Database.Statement | null = null;
  private commit: Database.Statement | null = null;
  private readonly statements = new Map<string, Database.Statement<unknown[], Record<string, unknown>>>();

  constructor(file: string) {
    this.file = file;
    syncWal(file);
    this.database = openDatabase(file);
  }

  /** Does one piece of work whole. @throws SqliteError, AppError; a transaction that it began is then rolled back. */
  perform(request: WorkerRequest): unknown {
    const rows = request.kind === 'atomic' && request.rows !== null ? this.unpacker.unpack(request.rows) : [];
    if (this.hasFailed) this.replace();
    switch (request.kind) {
      case 'query':
        return this.query(request.sql, request.parameters);
      case 'atomic':
        return this.inTransaction((): AtomicResult => {
          const behind = request.document === null ? [] : this.operations().changeDocument(request.document);
          const results = request.statements.map((one) => this.query(one.sql, one.parameters));
          const all = behind.length === 0 ? rows : [...rows, ...behind];
          return { results, seqs: all.length === 0 ? [] : this.operations().append(all) };
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
      case 'checkpoint':
        if (!this.database.inTransaction) this.database.pragma('wal_checkpoint(PASSIVE)');
        return null;
    }
  }

  /** The WAL is then in the file. */
  close(): void {
    this.discard();
  }

  /** Says what went wrong in the project's words. A failed file is given up and opened again before anything else is written. */
  failure(error: unknown): WorkerFailure {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof AppError) return { code: error.code, message, sqlite: null };
    const sqlite = error instanceof Database.SqliteError ? error.code : null;
    if (sqlite === null) return { code: 'internal', message, sqlite };
    if (sqlite.startsWith('SQLITE_CONSTRAINT')) return { code: 'conflict', message, sqlite };
    if (!storageFailures.test(sqlite)) return { code: 'internal', message, sqlite };
    this.hasFailed = true;
    try {
      this.replace();
    } catch {
      // Still failing: the next request tries again.
    }
    return { code: sqlite === 'SQLITE_FULL' ? 'storage_full' : 'storage_failed', message, sqlite };
  }

  private operations(): LogOperations {
    this.log ??= new LogOperations(this.database);
    return this.log;
  }

  private inTransaction<T>(work: () => T): T {
    this.begin ??= this.database.prepare('BEGIN IMMEDIATE');
    this.commit ??= this.database.prepare('COMMIT');
    this.begin.run();
    try {
      const result = work();
      this.commit.run();
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

  /**
   * Another connection in place of one that failed. It is opened before the failed one goes: were that the last, SQLite would read the file anew, and find in the
   * WAL what a failed sync left there as if it were committed and safe.
   * @throws SqliteError, AppError: the failed one is kept until the next attempt.
   */
  private replace(): void {
    const fresh = openDatabase(this.file);
    this.discard();
    this.database = fresh;
    this.hasFailed = false;
  }

  private discard(): void {
    this.statements.clear();
    this.log = null;
    this.begin = null;
    this.commit = null;
    try {
      this.database.close();
    } catch {
      // A connection that cannot even be closed is left to the process's end.
    }
  }
}
