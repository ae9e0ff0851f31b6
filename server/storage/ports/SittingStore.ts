import type { SittingKind } from '#shared/domain/sittingKinds.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';

/** A sitting as it was counted. Letters may come out below nothing, where more was carried than written. */
export interface CountedSitting {
  readonly kind: SittingKind;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Unix milliseconds, as all times here. */
  readonly fromTime: number;
  readonly toTime: number;
  readonly people: readonly {
    readonly person: PersonId | null;
    readonly written: number;
    readonly removed: number;
  }[];
}

/** How far the sittings of a document are counted. */
export interface SittingCount {
  readonly epoch: Epoch;
  /** The last row that was counted. */
  readonly seq: number;
  /** How many there are. */
  readonly total: number;
  /** So many of them, the first ones, are never counted again: rows that they were counted from are gone. */
  readonly settled: number;
}

/** What began in one part of a time. */
export interface DensityPart {
  /** From 0. */
  readonly part: number;
  readonly sittings: number;
  readonly written: number;
  readonly removed: number;
}

/** A time that is cut in equal parts; what lies at its very end belongs to the last. */
export interface CutTime {
  readonly from: number;
  readonly to: number;
  readonly parts: number;
}

/**
 * The sittings of documents, counted from the log: derived, and can be thrown away at any time, but for those that are settled. Numbers run from 0 without a gap.
 * @throws AppError `storage_full` | `storage_failed`: nothing was written.
 */
export interface SittingStore {
  /** Null where none are kept. */
  counted(document: DocumentId): Promise<SittingCount | null>;
  /**
   * Puts these in place of those from this number on, and says how far the log is counted, all at once.
   * @param from - those that are settled have lower numbers.
   */
  replace(
    document: DocumentId,
    from: number,
    sittings: readonly CountedSitting[],
    at: Pick<SittingCount, 'epoch' | 'seq'>,
  ): Promise<void>;
  /** Settles those that begin at this row or before. */
  settle(document: DocumentId, upTo: number): Promise<void>;
  /** Those numbered from `from` up to, but without, `to`, oldest first. */
  page(document: DocumentId, from: number, to: number): Promise<readonly CountedSitting[]>;
  /** What began in each part of a time, of those with a lower number than `before`; parts in which nothing did are absent. A person's letters count from nothing up. */
  density(document: DocumentId, before: number, time: CutTime): Promise<readonly DensityPart[]>;
  /** Takes all of a document's away. */
  removeAll(document: DocumentId): Promise<void>;
  /** Forgets all that can be counted again, before a rebuild. */
  clear(): Promise<void>;
}
