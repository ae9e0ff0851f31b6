import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import type { CategoryId, CollectionId, DocumentId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';

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
  /** Addresses of its links that lead nowhere as they are written. */
  readonly badAddresses: readonly string[];
  /** Time of the last change of its content, Unix milliseconds. */
  readonly modifiedAt: number;
}

/** The derived part of a carnet or of a base. */
export interface CollectionIndex {
  readonly id: CollectionId;
  readonly seq: number;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** Its writing guide; null for none. */
  readonly guide: BodyNode | null;
  readonly modifiedAt: number;
  readonly categories: readonly {
    readonly id: CategoryId;
    readonly name: string;
    readonly order: string;
    /** The name of the list that it belongs to. */
    readonly list: string;
  }[];
}

/** What a line of a list says of a note: without its text, which is long. */
export type NoteLineIndex = Omit<NoteIndex, 'text'>;
/** What a line of a list says of a carnet or of a base. */
export type CollectionLineIndex = Omit<CollectionIndex, 'guide' | 'categories'>;

/** A note's place in a carnet, or a carnet's in a base, and the act that put it there. */
export interface EntryIndex {
  readonly collection: CollectionId;
  readonly member: MemberId;
  readonly order: string;
  readonly category: CategoryId | null;
  /** Its categories in other lists. */
  readonly also: readonly CategoryId[];
  readonly pinned: boolean;
  /** At which row of the note the carnet holds it, and up to which it was looked at since; null where it follows the note. */
  readonly held: number | null;
  readonly seen: number | null;
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
  /**
   * Replaces what is known of a note, with its links and terms, in one transaction.
   * @param forms - of a term: the folded forms that it is found by in texts (server/indexer/termForms.ts).
   */
  saveNote(
    index: NoteIndex,
    links: readonly NoteLinkIndex[],
    terms: readonly NoteId[],
    forms?: readonly string[],
  ): Promise<void>;
  note(id: NoteId): Promise<NoteIndex | null>;
  notes(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteIndex>>;
  /** The same for lists, which may be of hundreds. */
  noteLines(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteLineIndex>>;
  /** Notes whose content links to this one, each once, with the sentence around the link. */
  backlinks(id: NoteId): Promise<readonly { readonly source: NoteId; readonly around: string }[]>;
  terms(id: NoteId): Promise<readonly NoteId[]>;
  /** Where each of these notes leads: the notes that it links to, and the addresses that are none. Those that are not indexed are absent. */
  linksOf(
    ids: readonly NoteId[],
  ): Promise<
    ReadonlyMap<
      NoteId,
      { readonly links: readonly NoteLinkIndex[]; readonly badAddresses: readonly string[] }
    >
  >;
  /** The terms that have one of these forms, each with those that it has. */
  termsNamed(forms: readonly string[]): Promise<ReadonlyMap<NoteId, readonly string[]>>;
  /** Notes that are related to this term. */
  usesOf(term: NoteId): Promise<readonly NoteId[]>;
  /** Replaces what is known of a carnet or of a base, with its entries, in one transaction. */
  saveCollection(index: CollectionIndex, entries: readonly EntryIndex[]): Promise<void>;
  collections(ids: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, CollectionIndex>>;
  /** The same for lists. */
  collectionLines(ids: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, CollectionLineIndex>>;
  /** Entries in reading order: pinned first, then by key, then by member. */
  entries(collection: CollectionId): Promise<readonly EntryIndex[]>;
  /** How many members these hold: those known to the catalogue and not in the trash. What holds none is absent. */
  memberCounts(collections: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, number>>;
  /** The places of a note, or of a carnet, newest integration first. */
  placesOf(member: MemberId): Promise<readonly EntryIndex[]>;
  /** The places in these, newest integration first. */
  newestEntries(collections: readonly CollectionId[], limit: number): Promise<readonly EntryIndex[]>;
  /** Forgets everything, before a rebuild. */
  clear(): Promise<void>;
}
