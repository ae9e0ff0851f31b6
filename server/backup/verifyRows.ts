import type { Database } from 'better-sqlite3';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { firstDigest, sealRow } from '../storage/chain.ts';
import { decodeSegment } from '../storage/journal/decodeSegment.ts';
import { segmentChecksum } from '../storage/journal/segments.ts';
import type { Segment } from '../storage/ports/Segment.ts';
import {
  decodeStatement,
  isSignedBy,
  thinnedUpdate,
  thinStatementBytes,
} from '../storage/journal/ThinStatement.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';
import * as stored from '../storage/sqlite/logRows.ts';
import { type ChainedRow, diagnoseSegment, diagnoseTail, type RowFault } from './diagnoseRows.ts';
import type { Fault } from './Fault.ts';

/** A document as its table has it. */
export interface StoredDocument {
  readonly number: number;
  readonly document: DocumentId;
  readonly epoch: string;
}

/** Far more rows than a damaged segment would be short of. */
const maxMissing = 16;

/** Walks through one document's log, segments first, and along its chain. */
export class RowVerifier {
  readonly faults: Fault[] = [];
  /** What is not as it was, on purpose: one sentence each. */
  readonly notes: string[] = [];
  /** How many rows were read. */
  rows = 0;
  /** The last row. */
  last = 0;
  /** The chain's digest at rows that somebody asks about, made from what the rows say. */
  readonly digests = new Map<number, Uint8Array>();
  private readonly database: Database;
  private readonly stored: StoredDocument;
  private readonly keys: readonly Uint8Array[];
  private readonly wanted: ReadonlySet<number>;
  /** The digest at `last`, on which the next row builds; null when it is not known. */
  private digest: Uint8Array | null;

  /**
   * @param keys - the relay's public keys.
   * @param wanted - rows whose digest is to be in `digests`.
   */
  constructor(
    database: Database,
    document: StoredDocument,
    keys: readonly Uint8Array[],
    wanted: ReadonlySet<number>,
  ) {
    this.keys = keys;
    this.database = database;
    this.stored = document;
    this.wanted = wanted;
    this.digest = firstDigest(document.document);
  }

  verify(): void {
    if (hasTable(this.database, 'log_segment')) this.segments();
    this.tail();
    this.checkpoint();
  }

  private segments(): void {
    const { number, document } = this.stored;
    const found = this.database
      .prepare<[number], stored.StoredSegment>('SELECT * FROM log_segment WHERE number = ? ORDER BY last_seq')
      .all(number);
    const firstOfTail = this.database
      .prepare<[number], number | null>('SELECT min(seq) FROM log_row WHERE number = ?')
      .pluck()
      .get(number);
    for (const [at, one] of found.entries()) {
      const segment = stored.uncheckedSegmentOf(document, one);
      const next = found[at + 1]?.first_seq ?? firstOfTail ?? segment.last + 1;
      this.segment(segment, one.checksum, next > segment.last + 1);
    }
  }

  private segment(segment: Segment, checksum: number, gapFollows: boolean): void {
    const { first, last, digest } = segment;
    this.expect(first);
    const before = this.digest;
    if (segment.statement !== null) {
      this.thinned(segment, segment.statement, checksum);
      return;
    }
    const decoded = decode(segment);
    this.last = last;
    this.digest = digest;
    if (decoded === null) {
      this.fault('segment', last, `the segment of rows ${first} to ${last} cannot be read`, first);
      return;
    }
    const { rows, checks } = decoded;
    this.rows += rows.length;
    const missing = gapFollows || rows.length <= last - first;
    const found = before === null ? [] : diagnoseSegment(rows, checks, before, digest, missing);
    for (const { kind, rows: seqs, message } of found) {
      const where = `in the segment of rows ${first} to ${last}`;
      this.fault(kind, seqs.at(-1) ?? last, `${message} (${where})`, seqs[0]);
    }
    if (found.length === 0 && segmentChecksum(segment) !== checksum)
      this.fault('segment', last, `the segment of rows ${first} to ${last} is not what was written`, first);
    this.chain(soundPart(rows, found), before);
    for (const row of rows) this.readable(row);
  }

  private thinned(segment: Segment, bytes: Uint8Array, checksum: number): void {
    const { document } = this.stored;
    const { first, last, digest } = segment;
    const before = this.digest;
    this.rows += 1;
    this.last = last;
    this.digest = digest;
    const name = `rows ${first} to ${last}`;
    try {
      const statement = decodeStatement(bytes);
      const { publicKey, signature, time } = statement;
      const update = thinnedUpdate(segment, statement);
      const isOurs = this.keys.some((key) => Buffer.from(key).equals(publicKey));
      const follows = before === null || Buffer.from(before).equals(statement.before);
      if (
        !isOurs ||
        !isSignedBy(publicKey, thinStatementBytes({ ...segment, bytes: update }, statement), signature)
      )
        this.fault(
          'segment',
          last,
          `${name} were thinned, and the statement of it is not signed by this Calepin`,
        );
      else if (!follows || segmentChecksum(segment) !== checksum)
        this.fault('segment', last, `${name} were thinned, and what stands for them is not what was written`);
      else this.notes.push(`Document ${document}: ${name} were thinned on ${new Date(time).toISOString()}.`);
    } catch {
      this.fault('segment', last, `${name} were thinned, and the statement of it cannot be read`);
    }
  }

  private tail(): void {
    const { number, document } = this.stored;
    const all = this.database
      .prepare<[number], stored.StoredRow>('SELECT * FROM log_row WHERE number = ? ORDER BY seq')
      .iterate(number);
    let unbroken: (ChainedRow & { readonly checksum: number })[] = [];
    let before = this.digest;
    for (const one of all) {
      const row = stored.uncheckedRowOf(document, one);
      this.rows += 1;
      if (row.seq !== this.last + 1) {
        this.unbroken(unbroken, before);
        unbroken = [];
        this.expect(row.seq);
        before = this.digest;
      }
      unbroken.push({ row, digest: one.digest ?? null, checksum: one.checksum });
      this.last = row.seq;
    }
    this.unbroken(unbroken, before);
  }

  private unbroken(
    rows: readonly (ChainedRow & { readonly checksum: number })[],
    before: Uint8Array | null,
  ): void {
    const found = diagnoseTail(rows, before);
    for (const { kind, rows: seqs, message } of found) this.fault(kind, seqs.at(-1) ?? 0, message, seqs[0]);
    const explained = new Set(found.flatMap((one) => one.rows));
    for (const { row, checksum } of rows) {
      if (explained.has(row.seq)) continue;
      if (stored.isAsWritten(row, checksum)) this.readable(row);
      else this.fault('row', row.seq, `row ${row.seq} is not what was written`);
    }
    const all = rows.map(({ row }) => row);
    this.chain(soundPart(all, found), before);
    this.digest = rows.at(-1)?.digest ?? this.digest;
  }

  /** Follows the chain over what the rows say, from what is known. */
  private chain(rows: readonly LogRow[], before: Uint8Array | null): void {
    if (before === null || rows.every(({ seq }) => !this.wanted.has(seq))) return;
    let digest = before;
    for (const row of rows) {
      ({ digest } = sealRow(row, digest));
      if (this.wanted.has(row.seq)) this.digests.set(row.seq, digest);
    }
  }

  private checkpoint(): void {
    const { number, document } = this.stored;
    const checkpoint = this.database
      .prepare<[number], stored.StoredCheckpoint>('SELECT * FROM log_checkpoint WHERE number = ?')
      .get(number);
    if (checkpoint === undefined) return;
    if (stored.checkpointOf(document, checkpoint) === null) {
      const message = 'its checkpoint is not what was written; it will be made again from the rows';
      this.fault('checkpoint', checkpoint.seq, message);
    } else if (checkpoint.seq > this.last) {
      const message = `the rows after ${this.last}, up to ${checkpoint.seq}, are missing; the checkpoint has what they said`;
      this.fault('gap', checkpoint.seq, message, this.last + 1);
    }
  }

  /** The next row that is there: those between the last one and it are missing. */
  private expect(seq: number): void {
    const first = this.last + 1;
    if (seq === first) return;
    const which = first === seq - 1 ? `row ${first} is` : `rows ${first} to ${seq - 1} are`;
    this.fault('gap', seq - 1, `${which} missing`, first);
    this.digest = null;
  }

  private readable({ seq, bytes }: LogRow): void {
    try {
      Y.decodeUpdate(bytes);
    } catch {
      this.fault('unreadable', seq, `row ${seq} is whole but holds no update`);
    }
  }

  private fault(kind: Fault['kind'], seq: number, message: string, from = seq): void {
    const { document } = this.stored;
    const range = from === seq ? {} : { from };
    this.faults.push({ kind, document, seq, ...range, message: `Document ${document}: ${message}.` });
  }
}

/** The rows before the first that is at fault: the chain is followed so far. */
function soundPart(rows: readonly LogRow[], faults: readonly RowFault[]): readonly LogRow[] {
  const bad = Math.min(...faults.flatMap((one) => one.rows));
  return rows.filter(({ seq }) => seq < bad);
}

/** A segment's rows, also when there are a few less than it says. */
function decode({ document, first, last, bytes }: Segment): ReturnType<typeof decodeSegment> | null {
  const count = last - first + 1;
  for (let missing = 0; missing <= Math.min(maxMissing, count - 1); missing++) {
    try {
      return decodeSegment(document, first, count - missing, bytes);
    } catch {
      // Tried with one row less.
    }
  }
  return null;
}

/** False in a database of before this table. */
export function hasTable(database: Database, name: string): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
}
