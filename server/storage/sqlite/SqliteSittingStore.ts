import { z } from 'zod';
import { personIdSchema, timeSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { sittingKinds } from '#shared/domain/sittingKinds.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type {
  CountedSitting,
  CutTime,
  DensityPart,
  SittingCount,
  SittingStore,
} from '../ports/SittingStore.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

const columns = 'kind, from_seq, to_seq, from_time, to_time, people';
/** Rows of one statement: each has ten values, and SQLite binds some thirty thousand. */
const rowsAtOnce = 1_000;

const rowSchema = z.object({
  kind: z.enum(sittingKinds),
  from_seq: z.number().int(),
  to_seq: z.number().int(),
  from_time: timeSchema,
  to_time: timeSchema,
  people: z.string(),
});
const peopleSchema = z.array(
  z.object({
    person: personIdSchema.nullable(),
    written: z.number().int(),
    removed: z.number().int(),
  }),
);

function readRow(row: unknown): CountedSitting {
  try {
    const { kind, people, ...at } = rowSchema.parse(row);
    return {
      kind,
      fromSeq: at.from_seq,
      toSeq: at.to_seq,
      fromTime: at.from_time,
      toTime: at.to_time,
      people: peopleSchema.parse(JSON.parse(people)),
    };
  } catch (cause) {
    throw new AppError('storage_failed', 'a stored sitting cannot be read', { cause });
  }
}

const sumOf = (people: CountedSitting['people'], what: 'written' | 'removed'): number =>
  people.reduce((sum, one) => sum + Math.max(0, one[what]), 0);

/** The sittings in SQLite, beside the log. */
export class SqliteSittingStore implements SittingStore {
  private readonly database: SqliteDatabase;

  /** @param database - with `migrations` applied; it is closed by who opened it. */
  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async counted(document: DocumentId): Promise<SittingCount | null> {
    const sql = 'SELECT epoch, seq, total, settled FROM sitting_count WHERE document = ?';
    return (await this.database.query<SittingCount>(sql, [document])).rows[0] ?? null;
  }

  async replace(
    document: DocumentId,
    from: number,
    sittings: readonly CountedSitting[],
    { epoch, seq }: Pick<SittingCount, 'epoch' | 'seq'>,
  ): Promise<void> {
    const statements = [
      { sql: 'DELETE FROM sitting WHERE document = ? AND number >= ?', parameters: [document, from] },
    ] as { sql: string; parameters: readonly unknown[] }[];
    for (let at = 0; at < sittings.length; at += rowsAtOnce) {
      const some = sittings.slice(at, at + rowsAtOnce);
      statements.push({
        sql: `INSERT INTO sitting (document, number, written, removed, ${columns}) VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
        parameters: some.flatMap(({ kind, fromSeq, toSeq, fromTime, toTime, people }, place) => [
          document,
          from + at + place,
          sumOf(people, 'written'),
          sumOf(people, 'removed'),
          kind,
          fromSeq,
          toSeq,
          fromTime,
          toTime,
          JSON.stringify(people),
        ]),
      });
    }
    const values = [document, epoch, seq, from + sittings.length];
    statements.push({
      sql: `INSERT INTO sitting_count (document, epoch, seq, total) VALUES (?, ?, ?, ?)
        ON CONFLICT (document) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, total = excluded.total`,
      parameters: values,
    });
    await this.database.atomic(statements);
  }

  async settle(document: DocumentId, upTo: number): Promise<void> {
    const sql = `UPDATE sitting_count SET settled = max(settled,
      (SELECT count(*) FROM sitting WHERE sitting.document = sitting_count.document AND from_seq <= ?)) WHERE document = ?`;
    await this.database.atomic([{ sql, parameters: [upTo, document] }]);
  }

  async page(document: DocumentId, from: number, to: number): Promise<readonly CountedSitting[]> {
    const sql = `SELECT ${columns} FROM sitting WHERE document = ? AND number >= ? AND number < ? ORDER BY number`;
    return (await this.database.query(sql, [document, from, to])).rows.map(readRow);
  }

  async density(
    document: DocumentId,
    before: number,
    { from, to, parts }: CutTime,
  ): Promise<readonly DensityPart[]> {
    // As `partOfTime` cuts it.
    const sql = `SELECT min(? - 1, CAST((from_time - ?) * ? / max(1, ? - ?) AS INTEGER)) AS part,
        count(*) AS sittings, sum(written) AS written, sum(removed) AS removed
      FROM sitting INDEXED BY sitting_time WHERE document = ? AND number < ? AND from_time BETWEEN ? AND ? GROUP BY part ORDER BY part`;
    const values = [parts, from, parts, to, from, document, before, from, to];
    return (await this.database.query<DensityPart>(sql, values)).rows;
  }

  async removeAll(document: DocumentId): Promise<void> {
    await this.database.atomic(
      ['sitting', 'sitting_count'].map((table) => ({
        sql: `DELETE FROM ${table} WHERE document = ?`,
        parameters: [document],
      })),
    );
  }

  async clear(): Promise<void> {
    const statements = [
      `DELETE FROM sitting WHERE number >= (SELECT settled FROM sitting_count WHERE sitting_count.document = sitting.document)`,
      'DELETE FROM sitting_count WHERE settled = 0',
      `UPDATE sitting_count SET total = settled,
        seq = (SELECT to_seq FROM sitting WHERE sitting.document = sitting_count.document AND number = settled - 1)`,
    ];
    await this.database.atomic(statements.map((sql) => ({ sql, parameters: [] })));
  }
}
