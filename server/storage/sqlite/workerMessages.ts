import type { ErrorCode } from '#shared/api/errorCodes.ts';
import type { Statement } from '../ports/UpdateLog.ts';
import type { DocumentChange, LogOperation } from './logOperations.ts';
import type { PackedRows } from './packRows.ts';

/** What a statement gave back: rows of a query, or what a write changed. */
export interface QueryResult<Row = Record<string, unknown>> {
  readonly rows: readonly Row[];
  /** Rows inserted, changed or deleted. */
  readonly changes: number;
  readonly lastInsertRowid: number;
}

/** What the worker is started with. */
export interface WorkerData {
  readonly file: string;
  /** @see CommitLane */
  readonly lane: SharedArrayBuffer;
}

/** What the main thread asks of the worker that owns the file. Each is done whole before the next is looked at. */
export type WorkerRequest =
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | {
      readonly kind: 'atomic';
      readonly document: DocumentChange | null;
      readonly statements: readonly Statement[];
      readonly rows: PackedRows | null;
    }
  | { readonly kind: 'control'; readonly sql: 'BEGIN IMMEDIATE' | 'COMMIT' | 'ROLLBACK' }
  | { readonly kind: 'log'; readonly operation: LogOperation; readonly argument: unknown }
  /** Copies what is left of the WAL into the file. @see WalKeeper */
  | { readonly kind: 'checkpoint' };

export interface AtomicResult {
  readonly results: readonly QueryResult[];
  /** The sequence numbers of the appended rows, in order. */
  readonly seqs: readonly number[];
}

/** An error on its way between threads. `sqlite` is SQLite's own code, `SQLITE_FULL` for example. */
export interface WorkerFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly sqlite: string | null;
}

export type WorkerReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: WorkerFailure };
