import type { Database, Statement } from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { firstDigest, sealRow } from '../chain.ts';
import { areInPlaceOf, segmentLimits } from '../journal/segments.ts';
import { requireLast } from '../requireLast.ts';
import type { Segment } from '../ports/Segment.ts';
import type {
  AdoptedLog,
  ChainHead,
  Checkpoint,
  DocumentHead,
  KeptPast,
  LoadedDocument,
  LogRow,
  NewDocument,
  NewRow,
  Rebase,
  SegmentPlace,
} from '../ports/UpdateLog.ts';
import { HeadTable, type NewHead } from './HeadTable.ts';
import * as stored from './logRows.ts';
import { PastTable } from './PastTable.ts';
import { RebaseTables } from './RebaseTables.ts';
import { type NewSegment, SegmentTable } from './SegmentTable.ts';

/** Number, last row and its digest of a document that was touched lately. */
interface Place {
  readonly number: number;
  readonly epoch: Epoch;
  /** Of a copy, the last row that is the home's; null: this relay is the home. */
  readonly homeSeq: number | null;
  /** The last row that is in a segment; 0 for none. */
  cut: number;
  seq: number;
  /** Null when the last row was written before there were chains. */
  digest: Uint8Array | null;
}

const maxPlaces = 10_000;

/** A document of the log that is made, taken away, or begins another life. */
export type DocumentChange =
  | { readonly create: NewDocument; readonly adopted?: Pick<AdoptedLog, 'segments' | 'bindings'> }
  | { readonly destroy: DocumentId; readonly last?: number | undefined }
  | { readonly renew: DocumentId; readonly epoch: Epoch }
  /** `count`: how many rows of the home are appended by the same transaction. */
  | { readonly rebase: Omit<Rebase, 'rows'>; readonly count: number };

/**
 * The log's prepared statements, in the worker that owns the file. Nothing here opens a transaction: the worker does, around one or many
 * of these. Places are remembered, and forgotten when a transaction fails (`forget`).
 */
export class LogOperations {
  private readonly places = new Map<string, Place>();
  private readonly insertDocument: Statement;
  private readonly deleteDocument: Statement;
  private readonly renewDocument: Statement;
  private readonly insertRow: Statement;
  private readonly insertClient: Statement;
  private readonly selectPlace: Statement<
    [string],
    {
      number: number;
      epoch: string;
      home_seq: number | null;
      cut: number | null;
      seq: number | null;
      digest: Uint8Array | null;
    }
  >;
  private readonly selectHead: Statement<[string], stored.StoredHead>;
  private readonly selectHeads: Statement<[], stored.StoredHead>;
  private readonly selectRows: Statement<[number, number, number], stored.StoredRow>;
  private readonly selectBindings: Statement<[number], stored.StoredBinding>;
  private readonly selectCheckpoint: Statement<[number], stored.StoredCheckpoint>;
  private readonly upsertCheckpoint: Statement;
  private readonly updateHome: Statement<[number | null, string]>;
  private readonly updateReadOnly: Statement;
  private readonly updateSchemaVersion: Statement;
  private readonly updateDigest: Statement;
  private readonly deleteRows: Statement;
  private readonly segments: SegmentTable;
  private readonly heads: HeadTable;
  private readonly pasts: PastTable;
  private readonly rebases: RebaseTables;
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    this.insertDocument = database.prepare(
      'INSERT INTO log_document (document, kind, epoch, schema_version, home_seq) VALUES (?, ?, ?, ?, ?)',
    );
    this.deleteDocument = database.prepare('DELETE FROM log_document WHERE document = ?');
    this.renewDocument = database.prepare(
      'UPDATE log_document SET epoch = ?, read_only = NULL, good_seq = NULL WHERE document = ?',
    );
    this.insertRow = database.prepare('INSERT INTO log_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.insertClient = database.prepare('INSERT INTO log_client VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.selectPlace = database.prepare(
      `SELECT log_document.number, log_document.epoch, log_document.home_seq, (SELECT max(last_seq) FROM log_segment WHERE log_segment.number = log_document.number) AS cut,
        log_row.seq, log_row.digest FROM log_document LEFT JOIN log_row ON log_row.number = log_document.number
        WHERE document = ? ORDER BY log_row.seq DESC LIMIT 1`,
    );
    this.selectHead = database.prepare(`${stored.headQuery} WHERE document = ?`);
    this.selectHeads = database.prepare(`${stored.headQuery} ORDER BY number`);
    this.selectRows = database.prepare(
      'SELECT * FROM log_row WHERE number = ? AND seq > ? AND seq <= ? ORDER BY seq',
    );
    this.selectBindings = database.prepare('SELECT * FROM log_client WHERE number = ?');
    this.selectCheckpoint = database.prepare('SELECT * FROM log_checkpoint WHERE number = ?');
    // An older checkpoint that was slow to build never replaces a newer one.
    this.upsertCheckpoint = database.prepare(
      `INSERT INTO log_checkpoint VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes,
        state_vector = excluded.state_vector, delete_set_at = excluded.delete_set_at, checksum = excluded.checksum
        WHERE excluded.seq >= log_checkpoint.seq`,
    );
    this.segments = new SegmentTable(database);
    this.heads = new HeadTable(database);
    this.pasts = new PastTable(database);
    const { segments, heads, pasts } = this;
    this.rebases = new RebaseTables(database, { segments, heads, pasts });
    this.deleteRows = database.prepare('DELETE FROM log_row WHERE number = ? AND seq <= ?');
    this.updateDigest = database.prepare('UPDATE log_row SET digest = ? WHERE number = ? AND seq = ?');
    this.updateHome = database.prepare('UPDATE log_document SET home_seq = ? WHERE document = ?');
    this.updateReadOnly = database.prepare(
      'UPDATE log_document SET read_only = ?, good_seq = ? WHERE document = ?',
    );
    // A document's schema version only rises.
    this.updateSchemaVersion = database.prepare(
      'UPDATE log_document SET schema_version = max(schema_version, ?) WHERE document = ?',
    );
  }

  /** What was remembered may not be what is stored. */
  forget(): void {
    this.places.clear();
  }

  /** @returns rows that are to follow those of the transaction. */
  changeDocument(change: DocumentChange): readonly NewRow[] {
    if ('create' in change) {
      const { document, kind, epoch, schemaVersion, homeSeq = null } = change.create;
      this.insertDocument.run(document, kind, epoch, schemaVersion, homeSeq);
      if (change.adopted !== undefined) this.adopt(document, change.adopted);
    } else if ('rebase' in change) {
      const { document } = change.rebase;
      const place = this.place(document);
      if (place === null) throw new AppError('not_allowed', `no document ${document}`);
      requireLast(document, place.seq, change.rebase.last);
      this.places.delete(document);
      return this.rebases.makeRoom(place, change.rebase, change.count);
    } else if ('renew' in change) {
      this.renewDocument.run(change.epoch, change.renew);
      this.places.delete(change.renew);
    } else {
      requireLast(change.destroy, this.place(change.destroy)?.seq ?? 0, change.last);
      // All that speaks of it goes with it (`ON DELETE CASCADE`), and SQLite writes zeros where it was (`secure_delete`).
      this.deleteDocument.run(change.destroy);
      this.places.delete(change.destroy);
    }
    return [];
  }

  private adopt(
    document: DocumentId,
    { segments, bindings }: Pick<AdoptedLog, 'segments' | 'bindings'>,
  ): void {
    const place = this.place(document) as Place;
    for (const segment of segments) {
      if (segment.first !== place.seq + 1)
        throw new AppError('internal', `segments of document ${document} that do not follow one another`);
      this.segments.replace(place.number, segment);
      place.cut = place.seq = segment.last;
      place.digest = segment.digest;
    }
    for (const { client, person, device } of bindings)
      this.insertClient.run(place.number, client, person, device);
  }

  append(rows: readonly NewRow[]): number[] {
    return rows.map((row) => {
      const place = this.place(row.document);
      if (place === null) throw new AppError('not_allowed', `no document ${row.document} to append to`);
      const seq = place.seq + 1;
      const { checksum, digest } = sealRow({ ...row, seq }, this.digestOf(row.document, place));
      const { time, person, device, deviceTime, via, operation, bytes } = row;
      this.insertRow.run(
        place.number,
        seq,
        time,
        person,
        device,
        deviceTime,
        via,
        operation,
        bytes,
        checksum,
        digest,
      );
      for (const client of row.clients) this.insertClient.run(place.number, client, person, device);
      place.seq = seq;
      place.digest = digest;
      return seq;
    });
  }

  head(document: DocumentId): DocumentHead | null {
    const found = this.selectHead.get(document);
    return found === undefined ? null : stored.headOf(found);
  }

  documents(): DocumentHead[] {
    return this.selectHeads.all().map(stored.headOf);
  }

  /** Null when some of what is asked for is in segments, which are read elsewhere. @see Journal */
  recent(argument: { document: DocumentId; after: number; upTo: number }): LogRow[] | null {
    const { document, after, upTo } = argument;
    const place = this.place(document);
    if (place === null) return [];
    if (after < place.cut) return null;
    const rows = this.selectRows.all(place.number, after, upTo);
    stored.requireUnbroken(document, rows, after);
    return rows.map((row) => stored.rowOf(document, row));
  }

  /** Without the rows that are in segments: there are such after the checkpoint only when it is damaged. */
  load(document: DocumentId): LoadedDocument | null {
    const found = this.selectHead.get(document);
    if (found === undefined) return null;
    const checkpoint = this.checkpoint(document);
    const place = this.place(document);
    const after = Math.max(checkpoint?.seq ?? 0, place?.cut ?? 0);
    const rows = this.selectRows.all(found.number, after, Number.MAX_SAFE_INTEGER);
    stored.requireUnbroken(document, rows, after);
    // A page that is damaged may hide the last rows without a gap: what was signed was there.
    const signed = place === null ? null : this.heads.latest(place);
    const last = rows.at(-1)?.seq ?? after;
    if (signed !== null && signed.seq > last)
      throw new AppError('document_damaged', `row ${last + 1} of document ${document} is missing`);
    return {
      head: stored.headOf(found),
      checkpoint,
      rows: rows.map((row) => stored.rowOf(document, row)),
      bindings: this.selectBindings.all(found.number).map(stored.bindingOf),
    };
  }

  chainHead(document: DocumentId): ChainHead | null {
    const place = this.place(document);
    if (place === null) return null;
    return { epoch: place.epoch, seq: place.seq, digest: this.digestOf(document, place) };
  }

  saveHeads({ heads, publicKey }: { heads: readonly NewHead[]; publicKey: Uint8Array }): void {
    this.database.transaction(() => {
      for (const { document, head } of heads) {
        const place = this.place(document);
        if (place !== null) this.heads.save(place, head, publicKey);
      }
    })();
  }

  signedHead(document: DocumentId): SignedHead | null {
    const place = this.place(document);
    return place === null ? null : this.heads.latest(place);
  }

  bindings(document: DocumentId): LoadedDocument['bindings'] {
    const place = this.place(document);
    return place === null ? [] : this.selectBindings.all(place.number).map(stored.bindingOf);
  }

  checkpoint(document: DocumentId): Checkpoint | null {
    const place = this.place(document);
    const found = place === null ? undefined : this.selectCheckpoint.get(place.number);
    return found === undefined ? null : stored.checkpointOf(document, found);
  }

  saveCheckpoint(checkpoint: Checkpoint): void {
    const place = this.place(checkpoint.document);
    if (place === null || checkpoint.seq > place.seq) {
      throw new AppError(
        'internal',
        `a checkpoint of rows that document ${checkpoint.document} does not have`,
      );
    }
    const { seq, bytes, stateVector, deleteSetAt } = checkpoint;
    if (place.homeSeq !== null && seq > place.homeSeq) return;
    const sum = stored.checkpointChecksum(checkpoint);
    this.upsertCheckpoint.run(place.number, seq, bytes, stateVector, deleteSetAt, sum);
  }

  past(document: DocumentId): KeptPast | null {
    const place = this.place(document);
    return place === null ? null : this.pasts.read(document, place.number);
  }

  savePast(past: KeptPast): void {
    const place = this.place(past.document);
    if (place?.epoch === past.epoch && (place.homeSeq ?? place.seq) >= past.seq)
      this.pasts.save(place.number, past);
  }

  forgetPasts(document: DocumentId | null): void {
    const place = document === null ? null : this.place(document);
    if (document === null || place !== null) this.pasts.forget(place?.number ?? null);
  }

  /** A first look, at what is remembered. Rows of before there were chains get their digests. */
  mayCut({ document, atLeast }: { document: DocumentId; atLeast: number }): boolean {
    const place = this.place(document);
    if (place === null) return false;
    const last = place.homeSeq ?? place.seq;
    if (last - place.cut - segmentLimits.keptRows < Math.max(atLeast, 1)) return false;
    this.digestOf(document, place);
    return true;
  }

  /**
   * Puts a segment in the place of its rows.
   * @param argument.cut - the last row that was in a segment when this one was made.
   * @returns how many rows were taken away; 0, and nothing is changed, when another came first.
   */
  saveSegment({ segment, cut }: NewSegment): number {
    const place = this.place(segment.document);
    if (place === null || place.cut !== cut || segment.last >= place.seq) return 0;
    const count = segment.last - cut;
    this.database.transaction(() => {
      this.segments.replace(place.number, segment);
      const { changes } = this.deleteRows.run(place.number, segment.last);
      if (changes !== count)
        throw new AppError('document_damaged', `rows of document ${segment.document} are missing`);
    })();
    place.cut = segment.last;
    return count;
  }

  segmentPlaces(document: DocumentId): SegmentPlace[] {
    const place = this.place(document);
    return place === null ? [] : this.segments.places(place.number);
  }

  replaceSegments(segments: readonly Segment[]): void {
    const [from, to] = [segments[0], segments.at(-1)];
    if (from === undefined || to === undefined) return;
    const { document, first } = from;
    if (!areInPlaceOf(segments, this.segmentPlaces(document)))
      throw new AppError(
        'conflict',
        `rows ${first} to ${to.last} of document ${document} are no whole segments`,
      );
    const number = this.place(document)?.number as number;
    this.database.transaction(() => {
      this.segments.remove(number, first, to.last);
      for (const segment of segments) this.segments.replace(number, segment);
      // It holds what the rows held that are gone.
      this.pasts.forget(number);
    })();
  }

  becomeHome(document: DocumentId): void {
    const place = this.place(document);
    if (place === null) throw new AppError('not_allowed', `no document ${document}`);
    if ((place.homeSeq ?? 0) > 0) throw new AppError('conflict', `document ${document} has another home`);
    this.updateHome.run(null, document);
    this.places.delete(document);
  }

  setReadOnly(argument: { document: DocumentId; reason: string | null; goodSeq: number | null }): void {
    this.updateReadOnly.run(argument.reason, argument.goodSeq, argument.document);
  }

  setSchemaVersion(argument: { document: DocumentId; schemaVersion: number }): void {
    this.updateSchemaVersion.run(argument.schemaVersion, argument.document);
  }

  private place(document: string): Place | null {
    const known = this.places.get(document);
    if (known !== undefined) return known;
    const found = this.selectPlace.get(document);
    if (found === undefined) return null;
    if (this.places.size >= maxPlaces) this.places.clear();
    const { number, epoch, home_seq: homeSeq, cut, seq, digest } = found;
    const place = {
      number,
      epoch: epoch as Epoch,
      homeSeq,
      cut: cut ?? 0,
      seq: seq ?? 0,
      digest: seq === null ? firstDigest(document as DocumentId) : digest,
    };
    this.places.set(document, place);
    return place;
  }

  private digestOf(document: DocumentId, place: Place): Uint8Array {
    place.digest ??= this.chainRows(document, place);
    return place.digest;
  }

  /** Gives their digests to rows that were written before there were chains. @returns the last one's. */
  private chainRows(document: DocumentId, { number, seq }: Place): Uint8Array {
    let digest = firstDigest(document);
    this.database.transaction(() => {
      for (const row of this.selectRows.all(number, 0, seq)) {
        ({ digest } = sealRow(stored.uncheckedRowOf(document, row), digest));
        this.updateDigest.run(digest, number, row.seq);
      }
    })();
    return digest;
  }
}

/** What the main thread may ask of the log by name; appends go by `atomic`. */
export type LogOperation = Exclude<keyof LogOperations, 'append' | 'changeDocument' | 'forget'>;
