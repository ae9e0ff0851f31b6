import type { ImportPreview } from '#shared/api/imports.ts';
import type { CommunityId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ArchivedCollection, ArchivedNote, ArchiveManifest } from '../../archive/archiveFormat.ts';
import type { ArchiveReader } from './ArchiveReader.ts';

/** What of an archive a person has here already. `same`: all of its rows; `taken`: something else bears its id, so that it comes in under another one. */
export type Meeting = 'new' | 'same' | 'taken';

/** Asks what is here, for one person and one archive. */
export interface Meet {
  /** Whether the archive was made here, and is as it was made. */
  readonly isOwn: boolean;
  /** @param journal - null for what comes without its log: `title` and content are compared then. */
  readonly note: (note: ArchivedNote, journal: JournalPlace | null) => Promise<Meeting>;
  readonly collection: (collection: ArchivedCollection, journal: JournalPlace | null) => Promise<Meeting>;
  /** Whether the person may read the note of that id here. */
  readonly mayRead: (id: NoteId) => Promise<boolean>;
  /** Whether the person may link what is theirs to a community of that id. */
  readonly mayLink: (community: CommunityId) => Promise<boolean>;
  /** Those of some ids that are people's here for whom the archive speaks, beside who brings it. */
  readonly present: (people: readonly PersonId[]) => Promise<ReadonlySet<PersonId>>;
  /** Those of some ids that are people's here, where the archive does not speak for them: it was not made here, and they are not who brings it. */
  readonly strangers: (people: readonly PersonId[]) => Promise<ReadonlySet<PersonId>>;
}

export interface JournalPlace {
  readonly document: DocumentId;
  readonly seq: number;
  readonly digest: Uint8Array;
}

interface Planned {
  readonly title: string;
  /** `taken`, and also what bears the names of people for whom the archive does not speak, comes in under another id. */
  readonly meeting: Meeting;
  /** File of its log in the folder of the import; null for none. */
  readonly journal: string | null;
}
export interface PlannedArchivedNote extends Planned {
  readonly note: ArchivedNote;
}
export interface PlannedArchivedCollection extends Planned {
  readonly collection: ArchivedCollection;
}

/** All that an archive brings; nothing of it is there yet. */
export interface ArchivePlan {
  readonly kind: 'archive';
  readonly manifest: ArchiveManifest;
  readonly reader: ArchiveReader;
  readonly notes: readonly PlannedArchivedNote[];
  readonly collections: readonly PlannedArchivedCollection[];
  /** People here for whom it does not speak. */
  readonly strangers: ReadonlySet<PersonId>;
  readonly preview: ImportPreview;
}
