import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import type { Statement } from './UpdateLog.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';

/** What is thrown away whole, and by which word the register names it. */
export interface Trashed {
  readonly id: DocumentId;
  readonly kind: 'note' | CollectionKind;
}

/** What ends a note, a carnet or a base for good. Its places in other documents' content are these documents' own. */
export interface RemovalStore {
  /** What was put in the trash before `time` (Unix milliseconds) and is still there, longest first. */
  trashedBefore(time: number): Promise<readonly Trashed[]>;
  /**
   * What takes it out of the catalogue, with all that was derived from it, invitations to it, requests and notices about it: for the transaction that takes its log away. Null
   * where this adapter shares none with the log: then `remove`.
   * @param audit - the line of the register that stays.
   */
  statementsToRemove(id: DocumentId, audit: RegisterEntry): readonly Statement[] | null;
  remove(id: DocumentId, audit: RegisterEntry): Promise<void>;
  /**
   * Forgets the files that nobody holds any more; one that came after `before` (Unix milliseconds) may be about to be held, and stays.
   * @param only - of these alone, whenever they came.
   * @returns the digests of bytes that no file has any more.
   */
  forgetFiles(before: number, only?: readonly AttachmentId[]): Promise<readonly string[]>;
  /** Overwrites what an index or a log of the database may still hold of what was removed. It may take a while, in short steps. */
  wipe(): Promise<void>;
}
