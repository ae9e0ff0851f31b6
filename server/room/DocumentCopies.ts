import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import type { NewRow } from '../storage/ports/UpdateLog.ts';

/** Rows of a document's home that come to its copy. */
export interface HomeRows {
  readonly epoch: Epoch;
  /** The home's last row that is here. */
  readonly after: number;
  /** The home's, in order, as they are there. */
  readonly rows: readonly Omit<NewRow, 'document' | 'clients'>[];
  /** Numbers of rows behind the home's that the home has. */
  readonly settled: readonly number[];
}

/** Rows that were kept elsewhere, and that a copy goes on without. */
export interface GivenUp {
  /** The home's last row that is here. */
  readonly after: number;
  /** The last row that was kept. */
  readonly last: number;
  readonly fresh: Epoch;
}

/** What a mirror writes in the copies of documents whose home is another relay. Whoever has one open sees it as it comes. */
export interface DocumentCopies {
  /**
   * Puts rows of the home in their place, before those that it does not have. One call at a time for a document.
   * @returns the last row, and the home's last. @throws AppError `conflict` when they are not the next of the copy's life, `document_damaged` when they do not follow from it, `storage_full` | `storage_failed`.
   * @see UpdateLog.rebase
   */
  rebase(document: DocumentId, home: HomeRows): Promise<{ seq: number; homeSeq: number }>;
  /**
   * Makes a copy of a document that had its home here; of a copy, one that is fetched anew. All that the home does not have stays. Whoever has it open comes back.
   * @param epoch - the one that it has: who comes back goes on with what they have.
   * @param isOfAnother - it goes on as a copy of another home: all that the former had stays too. Default: false.
   * @returns the last row. @throws AppError `not_allowed` for an unknown document, `document_damaged`.
   */
  begin(document: DocumentId, epoch: Epoch, isOfAnother?: boolean): Promise<{ seq: number }>;
  /**
   * The home of a copy of which the home has nothing is here again. Whoever has it open comes back, with what they have.
   * @throws AppError `not_allowed` for an unknown document, `conflict` when rows of it are the home's.
   */
  release(document: DocumentId): Promise<void>;
  /**
   * Takes the log of a copy away: another kind of copy comes in its place. Whoever has it open comes back.
   * @param last - the last row that was kept elsewhere; default: whichever it is.
   * @throws AppError `conflict` when there are rows behind `last`: all of them stay, and whoever has it open comes back with what they have.
   */
  forget(document: DocumentId, last?: number): Promise<void>;
  /**
   * Gives up what the home does not have, from `after` to `last`: whoever has the document open comes back to it without that.
   * @param given - `fresh`: the mark of its new life here. @throws as `rebase` and `forget`
   */
  giveUpWaiting(document: DocumentId, given: GivenUp): Promise<{ seq: number }>;
  /** A copy that was damaged is whole: whoever has it open, and was told so, comes back. */
  mended(document: DocumentId): void;
  /**
   * Stores what a reader is sent of a document: nobody is told whose it is.
   * @throws AppError `document_damaged` when it does not follow from what is here, `storage_full` | `storage_failed`.
   */
  takeIn(document: DocumentId, updates: readonly Uint8Array[]): Promise<void>;
  /** Shows who is in a document at its home, as the home said; null: there is no way there, and nobody is known to be. @param personOf - who somebody there is here; default: who they are there. */
  showPresent(
    document: DocumentId,
    entries: readonly PresenceEntry[] | null,
    personOf?: (person: PersonId) => PersonId,
  ): void;
  /** Who has a document open here and shows. */
  presentHere(document: DocumentId): readonly PresenceEntry[];
  /** Called when one of them shows, moves or leaves. @returns the way to stop listening. */
  onPresent(listener: (document: DocumentId, entry: PresenceEntry) => void): () => void;
}
