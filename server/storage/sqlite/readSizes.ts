import type { Database } from 'better-sqlite3';
import type { DocumentId } from '#shared/domain/ids.ts';

/** How many documents are measured without a pause: some milliseconds of work, for which whoever waits for a document waits too. */
const pageSize = 2_000;

export interface SizesPage {
  readonly sizes: readonly (readonly [DocumentId, number])[];
  /** Where the next page goes on; null at the end. */
  readonly next: number | null;
}

/** What a document takes: its rows, segments and checkpoint. SQLite reads how long they are, and not what is in them. */
const tables = ['log_row', 'log_segment', 'log_checkpoint'] as const;

interface Row {
  readonly number: number;
  readonly document: DocumentId;
}

/**
 * How much the next documents take.
 * @param of - the documents that are asked about; null: every one.
 * @param after - 0, or what the page before says: the place in `of`, or the number of the last document.
 */
export function readSizes(database: Database, of: readonly DocumentId[] | null, after: number): SizesPage {
  if (of === null) {
    const rows = database
      .prepare<[number, number], Row>(
        'SELECT number, document FROM log_document WHERE number > ? ORDER BY number LIMIT ?',
      )
      .all(after, pageSize);
    const last = rows.at(-1)?.number ?? after;
    const bytes = new Map(rows.map(({ number }) => [number, 0]));
    // Each table from end to end, as it lies: document by document it is searched for each, which takes fifty times as long.
    for (const table of tables) {
      const sums = database
        .prepare<[number, number], { number: number; bytes: number }>(
          `SELECT number, sum(length(bytes)) AS bytes FROM ${table} WHERE number > ? AND number <= ? GROUP BY number`,
        )
        .all(after, last);
      for (const one of sums) bytes.set(one.number, (bytes.get(one.number) ?? 0) + one.bytes);
    }
    return {
      sizes: rows.map(({ number, document }) => [document, bytes.get(number) ?? 0]),
      next: rows.length < pageSize ? null : last,
    };
  }
  const sums = tables.map(
    (table) =>
      `coalesce((SELECT sum(length(bytes)) FROM ${table} WHERE ${table}.number = log_document.number), 0)`,
  );
  const one = database.prepare<[string], { bytes: number }>(
    `SELECT ${sums.join(' + ')} AS bytes FROM log_document WHERE document = ?`,
  );
  const sizes = of.slice(after, after + pageSize).flatMap((document) => {
    const row = one.get(document);
    return row === undefined ? [] : [[document, row.bytes] as const];
  });
  return { sizes, next: after + pageSize < of.length ? after + pageSize : null };
}
