import type { Database, Statement } from 'better-sqlite3';
import { segmentChecksum } from '../journal/segments.ts';
import type { Segment } from '../ports/Segment.ts';
import type { SegmentPlace } from '../ports/UpdateLog.ts';
import type { StoredSegment } from './logRows.ts';

/** A segment that is about to be stored. */
export interface NewSegment {
  readonly segment: Segment;
  /** The last row that was in a segment when this one was made. */
  readonly cut: number;
}

type StoredPlace = Omit<SegmentPlace, 'isThinned'> & { readonly is_thinned: number };

/** The statements of `log_segment`, on any connection. */
export class SegmentTable {
  private readonly insert: Statement | null;
  private readonly delete: Statement | null;
  private readonly selectNext: Statement<[number, number], StoredSegment>;
  private readonly selectPlaces: Statement<[number], StoredPlace>;
  private readonly selectAll: Statement<[number], StoredSegment>;
  private readonly selectLast: Statement<[number, number], StoredSegment>;

  constructor(database: Database) {
    const writes = !database.readonly;
    this.insert = writes
      ? database.prepare(
          `INSERT INTO log_segment (number, first_seq, last_seq, digest, statement, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
      : null;
    this.delete = writes
      ? database.prepare('DELETE FROM log_segment WHERE number = ? AND last_seq BETWEEN ? AND ?')
      : null;
    this.selectNext = database.prepare(
      'SELECT * FROM log_segment WHERE number = ? AND last_seq > ? ORDER BY last_seq LIMIT 1',
    );
    this.selectPlaces = database.prepare(
      `SELECT first_seq AS first, last_seq AS last, digest, statement IS NOT NULL AS is_thinned, length(bytes) AS size FROM log_segment
        WHERE number = ? ORDER BY last_seq`,
    );
    this.selectAll = database.prepare('SELECT * FROM log_segment WHERE number = ? ORDER BY last_seq');
    this.selectLast = database.prepare(
      'SELECT * FROM log_segment WHERE number = ? AND last_seq <= ? ORDER BY last_seq DESC LIMIT 1',
    );
  }

  places(number: number): SegmentPlace[] {
    return this.selectPlaces
      .all(number)
      .map(({ is_thinned, ...place }) => ({ ...place, isThinned: is_thinned === 1 }));
  }

  /** The segment that holds the row after `after`, or the first one behind it. */
  next(number: number, after: number): StoredSegment | undefined {
    return this.selectNext.get(number, after);
  }

  /** The last segment that ends at `upTo` or before. */
  last(number: number, upTo: number): StoredSegment | undefined {
    return this.selectLast.get(number, upTo);
  }

  /** All of a document, oldest first. */
  all(number: number): StoredSegment[] {
    return this.selectAll.all(number);
  }

  /** Takes those away that end with one of these rows. */
  remove(number: number, first: number, last: number): void {
    this.delete?.run(number, first, last);
  }

  /** Stores a segment in the place of those that hold some of its rows. */
  replace(number: number, segment: Segment): void {
    const { first, last, digest, statement, bytes } = segment;
    this.remove(number, first, last);
    this.insert?.run(number, first, last, digest, statement, segmentChecksum(segment), bytes);
  }
}
