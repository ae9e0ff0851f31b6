import type { AttachmentId, CollectionId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Attachment } from '#shared/api/attachments.ts';

/** An uploaded file as the catalogue knows it. Its bytes are kept apart, once for each content. */
export interface AttachmentRecord extends Attachment {
  readonly id: AttachmentId;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly digest: string;
  readonly person: PersonId | null;
  readonly createdAt: number;
}

/** Which files there are, and which notes hold them: who may read one of these notes may read the file. */
export interface AttachmentStore {
  /** Adds a file that `note` holds; null for the image of a community or a cover, which is held by what shows it. */
  add(attachment: AttachmentRecord, note: NoteId | null): Promise<void>;
  get(id: AttachmentId): Promise<AttachmentRecord | null>;
  /** Lets readers of `note` read these files too (a note made from another); unknown ones are passed over. */
  grant(ids: readonly AttachmentId[], note: NoteId): Promise<void>;
  notesHolding(id: AttachmentId): Promise<readonly NoteId[]>;
  /** The files that a note holds, in no order. */
  heldBy(note: NoteId): Promise<readonly AttachmentId[]>;
  /** Bytes of all files that a person sent, equal ones too. */
  bytesOf(person: PersonId): Promise<number>;
  /** The same of everybody; null for files of nobody known. Who sent nothing is left out. */
  bytesByPerson(): Promise<ReadonlyMap<PersonId | null, number>>;
  /** The community whose image it is, or null. */
  communityShowing(id: AttachmentId): Promise<CommunityId | null>;
  /** The carnets and bases that have it over their title. */
  collectionsShowing(id: AttachmentId): Promise<readonly CollectionId[]>;
}
