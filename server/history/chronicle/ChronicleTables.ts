import type * as Y from 'yjs';
import type { PersonId } from '#shared/domain/ids.ts';
import type { LogRow } from '../../storage/ports/UpdateLog.ts';
import type { CarriedRuns } from './CarriedRuns.ts';
import type { IdRuns } from './ClockRuns.ts';
import type { TextRun } from './TextRun.ts';

/** What a chronicle is made of. */
export type ChronicleRow = Pick<LogRow, 'seq' | 'time' | 'person' | 'operation' | 'bytes'>;

/** What is known of a document row by row. */
export interface ChronicleTables {
  /** In it nothing is collected. */
  readonly doc: Y.Doc;
  /** The row that wrote each unit, and the one that removed it. */
  readonly written: IdRuns;
  readonly removed: IdRuns;
  readonly carried: CarriedRuns;
  /** What was removed in one piece, by what it says; the newest of each. */
  readonly removedTexts: ReadonlyMap<string, TextRun>;
  /** What the last rows removed in one piece, the newest first. */
  readonly lastRemoved: readonly TextRun[];
  /** All text that rows before this one removed, but for what stands elsewhere since. */
  everRemoved(before: number): readonly TextRun[];
  /** Time of a row, Unix milliseconds. */
  timeOf(seq: number): number;
  personOf(seq: number): PersonId | null;
  /** Whose a client id is. */
  ownerOf(client: number): PersonId | null;
}
