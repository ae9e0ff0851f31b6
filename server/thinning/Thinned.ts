import type { DocumentId } from '#shared/domain/ids.ts';
import type { Segment } from '../storage/ports/Segment.ts';

/** What is to become of a document's rows. */
export interface ThinWanted {
  readonly document: DocumentId;
  /** Rows up to this one stay as they are. Default: none. */
  readonly after?: number;
  /** No row after this one is touched. Default: none is spared. */
  readonly upTo?: number;
  /** Only whole segments whose last row was written before this, Unix milliseconds, and none behind another. Default: whenever it was. */
  readonly before?: number;
  /** Rows after which the document can still be shown: those of its versions, and the ends of its sittings. */
  readonly moments: readonly number[];
  /** When it is done, Unix milliseconds. */
  readonly time: number;
  /** Only says what would become of it: no segments are given back. */
  readonly isPreview: boolean;
}

/** The rows that are gone, but for the moments that were kept. */
export interface Thinned {
  readonly first: number;
  readonly last: number;
  /** How many moments can still be shown, of how many rows there were. */
  readonly moments: number;
  readonly rows: number;
  /** What the range takes, and what it took. */
  readonly bytes: number;
  readonly bytesBefore: number;
}

/** What was worked out, with the segments that come in the place of those that are there, a list for each run of them. */
export interface ThinPlan extends Thinned {
  readonly runs: readonly (readonly Segment[])[];
}

/**
 * Works out what thinning makes of a document; nothing is changed. Nobody else waits for it.
 * @param signal - aborted when nobody wants it any more.
 * @returns null when no whole segment is in the range, or it was thinned already.
 * @throws AppError `document_damaged`: nothing that is damaged is sealed. `not_allowed` for an unknown document. `storage_failed` when it was called off, or took more memory than it may.
 */
export type PlanThinning = (wanted: ThinWanted, signal?: AbortSignal) => Promise<ThinPlan | null>;
