/** One file of an archive. */
export interface ArchivePart {
  /** Its path in the archive, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Unix milliseconds. */
  readonly changedAt: number;
  /** False for bytes that do not become smaller. */
  readonly packs: boolean;
  /** How much of the whole there is with it, from 0 to 1. */
  readonly progress: number;
}

/** Files that are handed over together, as one file in the form of a ZIP. */
export interface Archive {
  readonly fileName: string;
  readonly mediaType: string;
  readonly parts: AsyncIterable<ArchivePart>;
}
