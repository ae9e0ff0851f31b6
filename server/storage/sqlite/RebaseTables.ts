import type { Database, Statement } from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { unpackSegment } from '../journal/segments.ts';
import type { LogRow, NewRow, Rebase } from '../ports/UpdateLog.ts';
import type { HeadTable } from './HeadTable.ts';
import * as stored from './logRows.ts';
import type { PastTable } from './PastTable.ts';
import type { SegmentTable } from './SegmentTable.ts';

/** Where a copy stands before rows of its home are put in. */
export interface CopyPlace {
  readonly number: number;
  readonly epoch: Epoch;
  /** Null: it had its home here. */
  readonly homeSeq: number | null;
}

interface Tables {
  readonly segments: SegmentTable;
  readonly heads: HeadTable;
  readonly pasts: PastTable;
}

/** The statements that make room in a copy for rows of its home. @see UpdateLog.rebase */
export class RebaseTables {
  private readonly tables: Tables;
  private readonly selectRows: Statement<[number, number], stored.StoredRow>;
  private readonly deleteRows: Statement<[number, number]>;
  private readonly deleteCheckpoint: Statement<[number, number]>;
  private readonly update: Statement<[string, number, number]>;

  constructor(database: Database, tables: Tables) {
    this.tables = tables;
    this.selectRows = database.prepare('SELECT * FROM log_row WHERE number = ? AND seq > ? ORDER BY seq');
    this.deleteRows = database.prepare('DELETE FROM log_row WHERE number = ? AND seq > ?');
    this.deleteCheckpoint = database.prepare('DELETE FROM log_checkpoint WHERE number = ? AND seq > ?');
    this.update = database.prepare('UPDATE log_document SET epoch = ?, home_seq = ? WHERE number = ?');
  }

  /**
   * Takes away what is behind the home's rows that stay.
   * @param count - how many rows of the home come now.
   * @returns those that the home does not have: they are to be appended again, behind the home's.
   */
  makeRoom(
    found: CopyPlace,
    { document, epoch, after, settled, isOfAnother = false }: Omit<Rebase, 'rows'>,
    count: number,
  ): NewRow[] {
    const place = isOfAnother ? { ...found, homeSeq: null } : found;
    const { number, homeSeq } = place;
    const isAnew = after === 0 && homeSeq !== 0;
    if (after !== (homeSeq ?? 0) && !isAnew)
      throw new AppError('conflict', `the home's rows of document ${document} do not end with ${after}`);
    const gone = new Set(settled);
    const kept = this.waiting(place, document, isAnew && homeSeq !== null).filter(
      ({ seq }) => !gone.has(seq),
    );
    const { segments, heads, pasts } = this.tables;
    this.deleteRows.run(number, after);
    if (isAnew) {
      segments.remove(number, 1, Number.MAX_SAFE_INTEGER);
      this.deleteCheckpoint.run(number, after);
    }
    heads.forgetBehind(number, after);
    pasts.forgetBehind(number, after);
    this.update.run(epoch, after + count, number);
    // Whose their client ids are is stored already.
    return kept.map(({ seq: _, ...row }) => ({ ...row, clients: [] }));
  }

  /** The rows that are not the home's. @param onlySound - passes over what is damaged. */
  private waiting({ number, homeSeq }: CopyPlace, document: DocumentId, onlySound: boolean): LogRow[] {
    const old = homeSeq === null ? this.tables.segments.all(number) : [];
    const packed = old.flatMap((one) => unpackSegment(stored.segmentOf(document, one)));
    const rows = this.selectRows.all(number, homeSeq ?? 0);
    if (onlySound)
      return rows.flatMap((one) => {
        const row = stored.uncheckedRowOf(document, one);
        return stored.isAsWritten(row, one.checksum) ? [row] : [];
      });
    if (old.every(({ statement }) => statement === null))
      stored.requireUnbroken(document, [...packed, ...rows], homeSeq ?? 0);
    return [...packed, ...rows.map((one) => stored.rowOf(document, one))];
  }
}
