import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { Segment } from '../ports/Segment.ts';
import type * as port from '../ports/UpdateLog.ts';
import { Journal } from './Journal.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

/** The update log in SQLite; checksums are checked in the workers at each read. Several logs and catalogues may share one `SqliteDatabase`. */
export class SqliteUpdateLog implements port.UpdateLog {
  private readonly database: SqliteDatabase;
  private readonly journal: Journal;
  private readonly damageListeners = new Set<(document: DocumentId) => void>();

  /** @param database - with `migrations` applied; it is closed by who opened it. */
  constructor(database: SqliteDatabase) {
    this.database = database;
    this.journal = new Journal(database.file);
  }

  async create(
    head: port.NewDocument,
    rows: readonly port.NewRow[] = [],
    alongside: readonly port.Statement[] = [],
  ): Promise<void> {
    await this.database.atomic(alongside, rows, { create: head });
  }
  async adopt(
    { head, segments, rows, bindings }: port.AdoptedLog,
    alongside: readonly port.Statement[] = [],
  ): Promise<void> {
    await this.database.atomic(alongside, rows, { create: head, adopted: { segments, bindings } });
  }
  async destroy(
    document: DocumentId,
    alongside: readonly port.Statement[] = [],
    last?: number,
  ): Promise<void> {
    await this.database.atomic(alongside, [], { destroy: document, last });
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
  async renew(row: port.NewRow, epoch: Epoch): Promise<number> {
    const { seqs } = await this.database.atomic([], [row], { renew: row.document, epoch });
    return seqs[0] as number;
  }
  async rebase({ rows, ...rebase }: port.Rebase): Promise<{ seq: number; homeSeq: number }> {
    const { seqs } = await this.database.atomic([], rows, { rebase, count: rows.length });
    const homeSeq = rebase.after + rows.length;
    return { seq: seqs.at(-1) ?? homeSeq, homeSeq };
  }
  becomeHome(document: DocumentId): Promise<void> {
    return this.database.log('becomeHome', document);
  }
  load(document: DocumentId): Promise<port.LoadedDocument | null> {
    return this.watching(document, async () => {
      const loaded = await this.database.log<port.LoadedDocument | null>('load', document);
      const after = loaded?.checkpoint?.seq ?? 0;
      const from = loaded?.rows[0]?.seq ?? after + 1;
      if (loaded === null || from === after + 1) return loaded;
      // The checkpoint is damaged. What is in segments never changes, so that it may be read after the rest.
      const old = await this.journal.read(document, after, from - 1);
      return { ...loaded, rows: [...old, ...loaded.rows] };
    });
  }
  loadUpdates(document: DocumentId, maxRows = Number.MAX_SAFE_INTEGER): Promise<port.LoadedUpdates | null> {
    return this.watching(document, () => this.journal.loadUpdates(document, maxRows));
  }
  loadSound(document: DocumentId): Promise<port.SoundDocument | null> {
    return this.journal.loadSound(document);
  }
  read(
    document: DocumentId,
    after: number,
    upTo: number = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly port.LogRow[]> {
    return this.watching(
      document,
      async () => (await this.recent(document, after, upTo)) ?? this.journal.read(document, after, upTo),
    );
  }
  recent(document: DocumentId, after: number, upTo: number): Promise<readonly port.LogRow[] | null> {
    return this.watching(document, () => this.database.log('recent', { document, after, upTo }));
  }
  chainHead(document: DocumentId): Promise<port.ChainHead | null> {
    return this.database.log('chainHead', document);
  }
  saveHeads(
    heads: readonly { readonly document: DocumentId; readonly head: SignedHead }[],
    publicKey: Uint8Array,
  ): Promise<void> {
    return this.database.log('saveHeads', { heads, publicKey });
  }
  signedHead(document: DocumentId): Promise<SignedHead | null> {
    return this.database.log('signedHead', document);
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
  past(document: DocumentId): Promise<port.KeptPast | null> {
    return this.database.log('past', document);
  }
  savePast(past: port.KeptPast): Promise<void> {
    return this.database.log('savePast', past);
  }
  forgetPasts(document?: DocumentId): Promise<void> {
    return this.database.log('forgetPasts', document ?? null);
  }
  cut(document: DocumentId, atLeast: number): Promise<number> {
    return this.watching(document, async () => {
      if (!(await this.database.log<boolean>('mayCut', { document, atLeast }))) return 0;
      const packed = await this.journal.pack(document, atLeast);
      return packed === null ? 0 : this.database.log('saveSegment', packed);
    });
  }
  segments(document: DocumentId): Promise<readonly port.SegmentPlace[]> {
    return this.database.log('segmentPlaces', document);
  }
  replaceSegments(segments: readonly Segment[]): Promise<void> {
    return this.database.log('replaceSegments', segments);
  }
  sizes(of?: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, number>> {
    return this.journal.sizes(of ?? null);
  }
  onDamaged(listener: (document: DocumentId) => void): () => void {
    this.damageListeners.add(listener);
    return () => this.damageListeners.delete(listener);
  }
  setReadOnly(document: DocumentId, reason: string | null, goodSeq: number | null = null): Promise<void> {
    return this.database.log('setReadOnly', { document, reason, goodSeq });
  }
  setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void> {
    return this.database.log('setSchemaVersion', { document, schemaVersion });
  }
  /** Before the database, which is closed by who opened it. */
  async close(): Promise<void> {
    await this.journal.close();
  }

  private async watching<T>(document: DocumentId, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'document_damaged')
        for (const listener of this.damageListeners) listener(document);
      throw error;
    }
  }
}
