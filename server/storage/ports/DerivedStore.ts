import type { NoteSheet } from '#shared/document/sheet.ts';
import type { CarnetId, CategoryId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';

/** What lists and pages show of a note's content. Computed from the log, never read back as content. */
export interface NoteIndex {
  readonly id: NoteId;
  /** The last row that was read. */
  readonly seq: number;
  readonly title: string;
  readonly excerpt: string;
  /** All of its text, for the lines around a search hit. */
  readonly text: string;
  readonly wordCount: number;
  readonly language: string;
  /** All of it, whatever the note's kind shows. */
  readonly sheet: NoteSheet;
  /** Time of the last change of its content, Unix milliseconds. */
  readonly modifiedAt: number;
}

/** A carnet's derived part. */
export interface CarnetIndex {
  readonly id: CarnetId;
  readonly seq: number;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly modifiedAt: number;
  readonly categories: readonly {
    readonly id: CategoryId;
    readonly name: string;
    readonly order: string;
    /** The name of the list that it belongs to. */
    readonly list: string;
  }[];
}

/** A note's place in a carnet, and the act that put it there. */
export interface CarnetEntryIndex {
  readonly carnet: CarnetId;
  readonly note: NoteId;
  readonly order: string;
  readonly category: CategoryId | null;
  /** Its categories in other lists. */
  readonly also: readonly CategoryId[];
  readonly pinned: boolean;
  /** Who integrated it: the person of the row in which its key first appeared; null for the relay itself. */
  readonly integratedBy: PersonId | null;
  readonly integratedAt: number;
}

/** A link from one note to another. */
export interface NoteLinkIndex {
  readonly target: NoteId;
  /** The sentence around it (shared/document/linkSentences.ts). */
  readonly around: string;
}

/** Everything that is computed from the log for lists, pages and search; `npm run reindex` makes it again. */
export interface DerivedStore {
  /** The last indexed row of each document. */
  indexedSeqs(): Promise<ReadonlyMap<DocumentId, number>>;
  /** Replaces what is known of a note, with its links and terms, in one transaction. */
  saveNote(index: NoteIndex, links: readonly NoteLinkIndex[], terms: readonly NoteId[]): Promise<void>;
  note(id: NoteId): Promise<NoteIndex | null>;
  notes(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteIndex>>;
  /** Notes whose content links to this one, each once, with the sentence around the link. */
  backlinks(id: NoteId): Promise<readonly { readonly source: NoteId; readonly around: string }[]>;
  terms(id: NoteId): Promise<readonly NoteId[]>;
  /** Notes that are related to this term. */
  usesOf(term: NoteId): Promise<readonly NoteId[]>;
  /** Replaces what is known of a carnet, with its entries, in one transaction. */
  saveCarnet(index: CarnetIndex, entries: readonly CarnetEntryIndex[]): Promise<void>;
  carnets(ids: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, CarnetIndex>>;
  /** Entries in reading order: pinned first, then by key, then by note. */
  entries(carnet: CarnetId): Promise<readonly CarnetEntryIndex[]>;
  /** How many notes these carnets hold: those known to the catalogue and not in the trash. A carnet that holds none is absent. */
  noteCounts(carnets: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, number>>;
  /** The places of a note, newest integration first. */
  placesOf(note: NoteId): Promise<readonly CarnetEntryIndex[]>;
  /** The places of notes in these carnets, newest integration first. */
  newestEntries(carnets: readonly CarnetId[], limit: number): Promise<readonly CarnetEntryIndex[]>;
  /** Forgets everything, before a rebuild. */
  clear(): Promise<void>;
}
