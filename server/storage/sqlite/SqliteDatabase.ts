import type { Worker } from 'node:worker_threads';
import { AppError } from '#shared/api/errorCodes.ts';
import { workerUrl } from '../../workerUrl.ts';
import type { NewRow, Statement } from '../ports/UpdateLog.ts';
import { CommitLane } from './CommitLane.ts';
import type { DocumentChange, LogOperation } from './logOperations.ts';
import { type PackedRows, RowPacker } from './packRows.ts';
import { TransactionGate } from './TransactionGate.ts';
import { WalKeeper } from './WalKeeper.ts';
import type { AtomicResult, QueryResult, WorkerData, WorkerReply, WorkerRequest } from './workerMessages.ts';
import { startWorker } from '../../startWorker.ts';

export type { QueryResult } from './workerMessages.ts';

/** A transaction of several steps. Nothing else reaches the file until it ends: keep it short, and await nothing but its own queries in it. */
export interface SqliteTransaction {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A transaction left open this long is rolled back: nobody could save in the meantime. */
const maxTransactionMs = 5_000;

/**
 * The relay's one way to its SQLite file, which a worker thread owns. Every method throws AppError `storage_full` | `storage_failed` (nothing was
 * written), `conflict` (a constraint of the tables), `internal` (a mistake in the statement).
 */
export class SqliteDatabase {
  readonly file: string;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly gate = new TransactionGate();
  private readonly packer = new RowPacker();
  private readonly lane = new CommitLane();
  private readonly wal: WalKeeper;
  private lastId = 0;
  private closing: Promise<void> | null = null;
  private broken: Error | null = null;

  /**
   * @param file - created when it is not there; its folder must exist.
   * @param options.walBytes - of the WAL, from which on it is copied into the file. Default 16 MiB. Smaller: less is read after a kill, more is copied twice.
   */
  static async open(
    file: string,
    { walBytes = 16 * 1024 * 1024 }: { readonly walBytes?: number } = {},
  ): Promise<SqliteDatabase> {
    const database = new SqliteDatabase(file, walBytes);
    await database.query('SELECT 1');
    return database;
  }

  private constructor(file: string, walBytes: number) {
    this.file = file;
    this.wal = new WalKeeper(
      file,
      () => {
        // What is acknowledged is in the WAL: should this fail, the next pass tries again.
        this.post({ kind: 'checkpoint' }).catch(() => null);
      },
      walBytes,
    );
    const workerData: WorkerData = { file, lane: this.lane.shared };
    this.worker = startWorker(workerUrl(import.meta.url, './databaseWorker'), workerData);
    this.worker.on('message', (reply: WorkerReply) => {
      this.settle(reply);
    });
    this.worker.on('error', (error) => {
      this.breakDown(error instanceof Error ? error : new Error(String(error)));
    });
    this.worker.on('exit', () => {
      this.breakDown(new Error('the database was closed'));
    });
  }

  /** One statement: its rows, or what it changed. Booleans go in as 0 and 1, undefined as null. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<Row>> {
    while (this.gate.busy !== null) await this.gate.busy;
    return this.post<QueryResult<Row>>({ kind: 'query', sql, parameters: parameters.map(bindable) });
  }

  /**
   * Statements, a document that comes or goes and rows of the log, in one transaction: all on the disk when the promise resolves, or none.
   * Order inside: the document, the statements, the rows.
   */
  async atomic(
    statements: readonly Statement[],
    rows: readonly NewRow[] = [],
    document: DocumentChange | null = null,
  ): Promise<AtomicResult> {
    while (this.gate.busy !== null) await this.gate.busy;
    const packed = rows.length === 0 ? null : this.packer.pack(rows);
    if (packed !== null && statements.length === 0 && document === null) {
      const inLane = this.postInLane(packed);
      if (inLane !== null) return inLane;
    }
    const bound = statements.map(({ sql, parameters }) => ({ sql, parameters: parameters.map(bindable) }));
    const request: WorkerRequest = { kind: 'atomic', document, statements: bound, rows: packed };
    return this.post<AtomicResult>(request, packed === null ? [] : [packed.buffer]);
  }

  /** Begins a transaction of several steps; waits until no other is open. Prefer `atomic`. */
  async begin(): Promise<SqliteTransaction> {
    const { before, release } = this.gate.enter();
    if (before !== null) await before;
    let state: 'open' | 'ended' | 'lost' = 'open';
    const end = async (sql: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      const was = state;
      if (was === 'ended') return;
      state = 'ended';
      clearTimeout(timer);
      try {
        if (was === 'open') await this.post({ kind: 'control', sql });
      } catch (error) {
        if (sql === 'COMMIT') await this.post({ kind: 'control', sql: 'ROLLBACK' }).catch(() => null);
        throw error;
      } finally {
        release();
      }
      if (was === 'lost' && sql === 'COMMIT')
        throw new AppError('storage_failed', 'the transaction was lost');
    };
    const timer = setTimeout(() => {
      void end('ROLLBACK').catch(() => null);
    }, maxTransactionMs);
    timer.unref();
    try {
      await this.post({ kind: 'control', sql: 'BEGIN IMMEDIATE' });
    } catch (error) {
      state = 'ended';
      clearTimeout(timer);
      release();
      throw error;
    }
    return {
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
        if (state !== 'open') throw new AppError('storage_failed', 'the transaction has ended');
        try {
          return await this.post<QueryResult<Row>>({
            kind: 'query',
            sql,
            parameters: parameters.map(bindable),
          });
        } catch (error) {
          // The worker gave the connection up, and the transaction with it.
          if (error instanceof AppError && error.code.startsWith('storage_') && state === 'open')
            state = 'lost';
          throw error;
        }
      },
      commit: () => end('COMMIT'),
      rollback: () => end('ROLLBACK'),
    };
  }

  /** One of the log's own operations, for `SqliteUpdateLog`. */
  async log<T>(operation: LogOperation, argument: unknown): Promise<T> {
    while (this.gate.busy !== null) await this.gate.busy;
    return this.post<T>({ kind: 'log', operation, argument });
  }

  /** Resolves when everything that was asked before is done and the file is closed. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      while (this.gate.busy !== null) await this.gate.busy;
      await this.wal.close();
      await this.post('close').catch(() => null);
      await this.worker.terminate();
    })();
    return this.closing;
  }

  private post<T>(request: WorkerRequest | 'close', transfer: readonly ArrayBuffer[] = []): Promise<T> {
    return this.ask((id) => {
      this.worker.postMessage({ id, request }, transfer);
      this.lane.wake();
    }) as Promise<T>;
  }

  /** Rows alone go by the short way, when it is free. */
  private postInLane(packed: PackedRows): Promise<AtomicResult> | null {
    if (this.broken !== null || !this.lane.isOpenTo(packed)) return null;
    return this.ask((id) => {
      void this.lane.send(id, packed).then(() => {
        const seqs = this.lane.takeReply();
        if (seqs !== null) this.settle({ id, value: { results: [], seqs } satisfies AtomicResult });
      });
    }) as Promise<AtomicResult>;
  }

  private ask(send: (id: number) => void): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.broken !== null) {
      reject(new AppError('storage_failed', 'the database is closed', { cause: this.broken }));
    } else {
      const id = this.nextId();
      this.waiting.set(id, { resolve, reject });
      send(id);
    }
    return promise;
  }

  private nextId(): number {
    // The lane's numbers have 32 bits.
    this.lastId = this.lastId >= 2 ** 30 && this.waiting.size === 0 ? 1 : this.lastId + 1;
    return this.lastId;
  }

  private settle(reply: WorkerReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (waiting === undefined) return;
    this.wal.wrote();
    if ('failure' in reply) {
      const { code, message, sqlite } = reply.failure;
      waiting.reject(new AppError(code, message, { cause: sqlite }));
    } else waiting.resolve(reply.value);
  }

  private breakDown(cause: Error): void {
    this.broken ??= cause;
    for (const waiting of this.waiting.values()) {
      waiting.reject(new AppError('storage_failed', 'the database worker stopped', { cause }));
    }
    this.waiting.clear();
  }
}

function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : value;
}
