import type { Database } from 'better-sqlite3';
import type { DocumentId } from '#shared/domain/ids.ts';

/** How many documents are measured without a pause: some 20 ms of work, for which whoever waits for a document waits too. */
const pageSize = 1_000;

export interface SizesPage {
  readonly sizes: readonly (readonly [DocumentId, number])[];
  /** Where the next page goes on; null at the end. */
  readonly next: number | null;
}

/** Bytes of a document's rows, segments and checkpoint: SQLite reads how long they are, and not what is in them. */
const query = `
  SELECT number, document,
    coalesce((SELECT sum(length(bytes)) FROM log_row WHERE log_row.number = log_document.number), 0) +
    coalesce((SELECT sum(length(bytes)) FROM log_segment WHERE log_segment.number = log_document.number), 0) +
    coalesce((SELECT length(bytes) FROM log_checkpoint WHERE log_checkpoint.number = log_document.number), 0) AS bytes
  FROM log_document`;

interface Row {
  readonly number: number;
  readonly document: DocumentId;
  readonly bytes: number;
}

/**
 * How much the next documents take.
 * @param of - the documents that are asked about; null: every one.
 * @param after - 0, or what the page before says: the place in `of`, or the number of the last document.
 */
export function readSizes(database: Database, of: readonly DocumentId[] | null, after: number): SizesPage {
  if (of === null) {
    const rows = database
      .prepare<[number, number], Row>(`${query} WHERE number > ? ORDER BY number LIMIT ?`)
      .all(after, pageSize);
    const next = rows.length < pageSize ? null : (rows.at(-1)?.number ?? null);
    return { sizes: rows.map(({ document, bytes }) => [document, bytes]), next };
  }
  const one = database.prepare<[string], Row>(`${query} WHERE document = ?`);
  const sizes = of.slice(after, after + pageSize).flatMap((document) => {
    const row = one.get(document);
    return row === undefined ? [] : [[document, row.bytes] as const];
  });
  return { sizes, next: after + pageSize < of.length ? after + pageSize : null };
}
