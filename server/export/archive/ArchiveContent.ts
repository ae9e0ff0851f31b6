import type { NoteContent } from '#shared/document/noteContent.ts';
import type { AttachmentId, CollectionId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Attachment } from '#shared/api/attachments.ts';
import type {
  ArchivedCollection,
  ArchivedJournal,
  ArchivedNote,
  ArchiveManifest,
} from '../../archive/archiveFormat.ts';
import type { VersionRecord } from '../../storage/ports/VersionStore.ts';
import type { BookContent } from '../BookContent.ts';

/** A log that goes into the archive whole: a proof of its last row. */
export interface JournalPart {
  readonly about: Omit<ArchivedJournal, 'path'>;
  readonly bytes: Uint8Array;
}

/** What a note said at one of its versions; null for one that cannot be read back. */
export interface VersionText {
  readonly version: VersionRecord;
  readonly content: NoteContent | null;
}

/** All of a note that its reader is given. */
export interface NotePart {
  readonly note: ArchivedNote;
  /** Null where the reader does not see its history, or its log is not as it was written. */
  readonly journal: JournalPart | null;
  /** Why there is no journal. */
  readonly without: 'closed' | 'damaged' | null;
  /** Oldest first, read as they are asked for. */
  readonly versions: () => AsyncIterable<VersionText>;
}

/** All of a carnet or of a base that its reader is given. */
export interface CollectionPart {
  readonly collection: ArchivedCollection;
  readonly title: string;
  readonly journal: JournalPart | null;
}

/** What an archive is made of, for one person: each note is read when its turn comes. */
export interface ArchiveContent {
  readonly book: BookContent;
  readonly about: Pick<ArchiveManifest, 'madeAt' | 'by' | 'calepin' | 'relay' | 'subject'>;
  /** Those of its notes that the others speak of, and that were not asked for themselves. */
  readonly beside: ReadonlySet<NoteId>;
  readonly loadNote: (id: NoteId, signal: AbortSignal) => Promise<NotePart>;
  readonly collections: readonly CollectionId[];
  readonly loadCollection: (id: CollectionId, signal: AbortSignal) => Promise<CollectionPart>;
  /** A file that a note or a cover shows, with its bytes; null for one that is gone, or not for the reader. */
  readonly loadFile: (
    id: AttachmentId,
  ) => Promise<{ readonly about: Attachment; readonly bytes: Uint8Array } | null>;
  /** Names by which people are known here; who departed has none. */
  readonly namesOf: (ids: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>;
  /** Signs the list. @returns Ed25519. */
  readonly sign: (bytes: Uint8Array) => { readonly key: Uint8Array; readonly signature: Uint8Array };
}

/** What an archive is of: notes, a carnet, or a base, with all that they hold and the person may read. `notes` null: all that the person is an author of. */
export type ArchiveSubject =
  | { readonly kind: 'note'; readonly id: NoteId }
  | { readonly kind: 'carnet' | 'base'; readonly id: CollectionId }
  | { readonly kind: 'notes'; readonly notes: readonly NoteId[] | null };

/** @throws AppError `not_allowed` */
export type LoadArchive = (
  subject: ArchiveSubject,
  personId: PersonId,
  signal: AbortSignal,
) => Promise<ArchiveContent>;
