import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { Asker } from '#shared/permissions/permissions.ts';

/** The words of a note, as the search sees them. */
export interface SearchEntry {
  readonly id: NoteId;
  readonly title: string;
  /** Other names that it is found by as by its title. */
  readonly names: readonly string[];
  readonly text: string;
}

/**
 * Full-text search over notes: words are found whatever their accents and case, œ and æ count as oe and ae, every form of an inclusively
 * written word is found, all words must be there, and the last one may be a beginning.
 */
export interface SearchIndex {
  save(entry: SearchEntry): Promise<void>;
  /** Best first, the title counting more; only notes out of the trash that the policy lets `asker` read. */
  search(query: string, asker: Asker, limit: number): Promise<readonly NoteId[]>;
  /** The same, among the notes that a carnet holds, all of them. Whether the asker may read the carnet is for the caller to know. */
  searchCarnet(query: string, asker: Asker, carnet: CarnetId): Promise<readonly NoteId[]>;
  clear(): Promise<void>;
}
