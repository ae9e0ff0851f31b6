import type { DocumentId } from '#shared/domain/ids.ts';
import type * as port from '../ports/UpdateLog.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

/** The update log in SQLite; checksums are checked in the worker at each read. Several logs and catalogues may share one `SqliteDatabase`. */
export class SqliteUpdateLog implements port.UpdateLog {
  private readonly database: SqliteDatabase;

  /** @param database - with `migrations` applied; it is closed by who opened it. */
  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async create(
    head: port.NewDocument,
    rows: readonly port.NewRow[] = [],
    alongside: readonly port.Statement[] = [],
  ): Promise<void> {
    await this.database.atomic(alongside, rows, head);
  }
  head(document: DocumentId): Promise<port.DocumentHead | null> {
    return this.database.log('head', document);
  }
  documents(): Promise<readonly port.DocumentHead[]> {
    return this.database.log('documents', null);
  }
  async append(
    rows: readonly port.NewRow[],
    alongside: readonly port.Statement[] = [],
  ): Promise<readonly number[]> {
    return (await this.database.atomic(alongside, rows)).seqs;
  }
  load(document: DocumentId): Promise<port.LoadedDocument | null> {
    return this.database.log('load', document);
  }
  read(document: DocumentId, after: number, upTo?: number): Promise<readonly port.LogRow[]> {
    return this.database.log('read', { document, after, upTo: upTo ?? null });
  }
  chainHead(document: DocumentId): Promise<port.ChainHead | null> {
    return this.database.log('chainHead', document);
  }
  bindings(document: DocumentId): Promise<readonly port.ClientBinding[]> {
    return this.database.log('bindings', document);
  }
  checkpoint(document: DocumentId): Promise<port.Checkpoint | null> {
    return this.database.log('checkpoint', document);
  }
  saveCheckpoint(checkpoint: port.Checkpoint): Promise<void> {
    return this.database.log('saveCheckpoint', checkpoint);
  }
  setReadOnly(document: DocumentId, reason: string | null): Promise<void> {
    return this.database.log('setReadOnly', { document, reason });
  }
  setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void> {
    return this.database.log('setSchemaVersion', { document, schemaVersion });
  }
  async close(): Promise<void> {
    // The database is closed by who opened it.
  }
}
