import type { DocumentId } from '#shared/domain/ids.ts';

/** Old rows of a document's log that follow one another, in one piece. */
export interface Segment {
  readonly document: DocumentId;
  readonly first: number;
  readonly last: number;
  /** The chain's digest at the last row. */
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  /** For a range that was thinned to one update: who did so, signed. @see ThinStatement. Null where every row is there. */
  readonly statement: Uint8Array | null;
}
