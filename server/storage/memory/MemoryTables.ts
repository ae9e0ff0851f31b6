import type { AttachmentId, CarnetId, InvitationId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AttachmentRecord } from '../ports/AttachmentStore.ts';
import type { CarnetRecord } from '../ports/CarnetStore.ts';
import type { CarnetEntryIndex, CarnetIndex, NoteIndex } from '../ports/DerivedStore.ts';
import type { InvitationRecord } from '../ports/InvitationStore.ts';
import type { NoteRecord } from '../ports/NoteStore.ts';
import type { PersonRecord } from '../ports/PersonStore.ts';
import type { SearchEntry } from '../ports/SearchIndex.ts';

/** What the memory adapters of the catalogue share, as the SQLite ones share a file. */
export class MemoryTables {
  readonly settings = new Map<string, string>();
  readonly persons = new Map<PersonId, PersonRecord>();
  readonly notes = new Map<NoteId, NoteRecord>();
  readonly carnets = new Map<CarnetId, CarnetRecord>();
  readonly invitations = new Map<InvitationId, InvitationRecord>();
  readonly attachments = new Map<AttachmentId, { record: AttachmentRecord; notes: Set<NoteId> }>();
  readonly attachmentBytes = new Map<string, Uint8Array>();
  readonly noteIndexes = new Map<
    NoteId,
    { index: NoteIndex; links: readonly NoteId[]; terms: readonly NoteId[] }
  >();
  readonly carnetIndexes = new Map<CarnetId, { index: CarnetIndex; entries: readonly CarnetEntryIndex[] }>();
  readonly searchEntries = new Map<NoteId, SearchEntry>();
}
