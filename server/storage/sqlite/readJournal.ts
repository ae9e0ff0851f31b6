import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { firstDigest } from '../chain.ts';
import { packSegment, segmentLimits, unpackSegment } from '../journal/segments.ts';
import type { LogRow } from '../ports/UpdateLog.ts';
import * as stored from './logRows.ts';
import { type NewSegment, SegmentTable } from './SegmentTable.ts';

/** Packed bytes beyond which a segment that is not whole is not begun again. */
const maxReopenedBytes = 128 * 1024;

function numberOf(database: Database, document: DocumentId): number | null {
  const select = database.prepare<[string], number>('SELECT number FROM log_document WHERE document = ?');
  return select.pluck().get(document) ?? null;
}

/**
 * Some of the rows after `after`, up to `upTo`: those of one segment, or as many that are in none. Empty when there are no more.
 * @throws AppError `document_damaged`
 */
export function readPage(
  database: Database,
  document: DocumentId,
  after: number,
  upTo: number,
): readonly LogRow[] {
  const number = numberOf(database, document);
  if (number === null) return [];
  const found = new SegmentTable(database).next(number, after);
  if (found === undefined) {
    const select = database.prepare<[number, number, number, number], stored.StoredRow>(
      'SELECT * FROM log_row WHERE number = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    );
    const rows = select.all(number, after, upTo, segmentLimits.rows);
    stored.requireUnbroken(document, rows, after);
    return rows.map((row) => stored.rowOf(document, row));
  }
  if (found.first_seq > after + 1)
    throw new AppError('document_damaged', `row ${after + 1} of document ${document} is missing`);
  return unpackSegment(stored.segmentOf(document, found)).filter((row) => row.seq > after && row.seq <= upTo);
}

/**
 * Packs the next old rows of a document; together with those of the last segment when that one is not whole.
 * @returns null when fewer than `atLeast` rows may be packed.
 * @throws AppError `document_damaged` when a row is not what was written, or the chain is broken: nothing damaged is sealed.
 */
export function nextSegment(database: Database, document: DocumentId, atLeast: number): NewSegment | null {
  const number = numberOf(database, document);
  if (number === null) return null;
  const one = (sql: string): number => database.prepare<[number], number>(sql).pluck().get(number) ?? 0;
  const covered = Math.min(
    one('SELECT seq FROM log_checkpoint WHERE number = ?'),
    // Behind the home's rows of a copy are those that get other numbers.
    one(
      'SELECT coalesce(home_seq, (SELECT max(seq) FROM log_row WHERE log_row.number = log_document.number)) FROM log_document WHERE number = ?',
    ) - segmentLimits.keptRows,
  );
  const segments = new SegmentTable(database);
  const previous = segments.last(number, Number.MAX_SAFE_INTEGER);
  const cut = previous?.last_seq ?? 0;
  if (covered - cut < Math.max(atLeast, 1)) return null;

  const rows: LogRow[] = [];
  let [before, bytes] = [previous?.digest ?? firstDigest(document), 0];
  if (previous !== undefined && isOpen(previous)) {
    rows.push(...unpackSegment(stored.segmentOf(document, previous)));
    before = segments.last(number, previous.first_seq - 1)?.digest ?? firstDigest(document);
    bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
  }
  let end: Uint8Array | null = null;
  const select = database.prepare<[number, number, number], stored.StoredRow>(
    'SELECT * FROM log_row WHERE number = ? AND seq > ? AND seq <= ? ORDER BY seq',
  );
  for (const found of select.iterate(number, cut, covered)) {
    const row = stored.rowOf(document, found);
    stored.requireUnbroken(document, [row], rows.at(-1)?.seq ?? cut);
    rows.push(row);
    end = found.digest;
    bytes += row.bytes.length;
    if (rows.length >= segmentLimits.rows || bytes >= segmentLimits.bytes) break;
  }
  const segment = packSegment(rows, before);
  if (end === null || !Buffer.from(segment.digest).equals(end))
    throw new AppError(
      'document_damaged',
      `rows up to ${segment.last} of document ${document} are not in their chain`,
    );
  return { segment, cut };
}

function isOpen({ first_seq: first, last_seq: last, statement, bytes }: stored.StoredSegment): boolean {
  return statement === null && last - first + 1 < segmentLimits.rows && bytes.length < maxReopenedBytes;
}
