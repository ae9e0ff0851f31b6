import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { unpackSegment } from '../journal/segments.ts';
import type { LogRow, SoundDocument } from '../ports/UpdateLog.ts';
import * as stored from './logRows.ts';
import { SegmentTable } from './SegmentTable.ts';

/** What stands in one place of a log: rows that agree with their checksum, none where they do not. */
interface Place {
  readonly first: number;
  readonly last: number;
  readonly rows: readonly LogRow[] | null;
}

/** What agrees with its checksum of a document: a damaged checkpoint, segment or row is passed over, and left as it is. */
export function readSound(database: Database, document: DocumentId): SoundDocument | null {
  const head = database
    .prepare<[string], stored.StoredHead>(`${stored.headQuery} WHERE document = ?`)
    .get(document);
  if (head === undefined) return null;
  const { number } = head;
  const found = database
    .prepare<[number], stored.StoredCheckpoint>('SELECT * FROM log_checkpoint WHERE number = ?')
    .get(number);
  const checkpoint = found === undefined ? null : stored.checkpointOf(document, found);
  const rows: LogRow[] = [];
  let firstLost: number | null = null;
  let last = checkpoint?.seq ?? 0;
  for (const place of places(database, document, number, last)) {
    if (place.rows === null || place.first > last + 1) firstLost ??= last + 1;
    rows.push(...(place.rows ?? []));
    last = place.last;
  }
  const bindings = database
    .prepare<[number], stored.StoredBinding>('SELECT * FROM log_client WHERE number = ?')
    .all(number)
    .map(stored.bindingOf);
  return { head: stored.headOf(head), checkpoint, rows, bindings, firstLost };
}

/** The segments, then the rows that are in none, behind `after`. */
function* places(
  database: Database,
  document: DocumentId,
  number: number,
  after: number,
): Generator<Place, void, undefined> {
  const segments = new SegmentTable(database);
  let last = after;
  for (let found = segments.next(number, last); found !== undefined; found = segments.next(number, last)) {
    ({ last_seq: last } = found);
    yield { first: found.first_seq, last, rows: soundRows(document, found, after) };
  }
  const tail = database
    .prepare<[number, number], stored.StoredRow>(
      'SELECT * FROM log_row WHERE number = ? AND seq > ? ORDER BY seq',
    )
    .iterate(number, last);
  for (const one of tail) {
    const row = stored.uncheckedRowOf(document, one);
    yield { first: row.seq, last: row.seq, rows: stored.isAsWritten(row, one.checksum) ? [row] : null };
  }
}

function soundRows(document: DocumentId, found: stored.StoredSegment, after: number): LogRow[] | null {
  try {
    return unpackSegment(stored.segmentOf(document, found)).filter((row) => row.seq > after);
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}
