import type * as Y from 'yjs';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { NoteIn } from '../log/noteIn.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { AdoptedLog, DocumentKind, Statement } from '../storage/ports/UpdateLog.ts';

/** Who acts, and under which name the log remembers it. */
export interface Act {
  readonly person: PersonId | null;
  /** 'seed', 'integrate', 'remove', 'restore', 'duplicate'… */
  readonly operation: string;
  /** Unix milliseconds: of an import, when what comes in was last changed, by what it says itself. It stands in the row as the device's time does, shown and never used to order. */
  readonly madeAt?: number;
  /** It makes a document sound that is set aside for its content: such a one may be written in. */
  readonly repairs?: true;
}

/** A log that was kept elsewhere, with what was signed of it there. */
export interface AdoptedDocument extends AdoptedLog {
  readonly heads: readonly { readonly head: SignedHead; readonly publicKey: Uint8Array }[];
}

/**
 * The way to content for the rest of the relay: operations, indexer, history, export. Reads rebuild a Y.Doc that the caller throws away; writes go through the room,
 * so that who is looking sees them, and are durable when the promise resolves.
 */
export interface Documents {
  /**
   * Makes a document with its first content (possibly none), in the log.
   * @param alongside - catalogue statements (`kysely…compile()` gives them) that stand or fall with it: one transaction.
   * @throws AppError `conflict` when the document exists; nothing was written.
   */
  create(
    document: DocumentId,
    kind: DocumentKind,
    act: Act,
    first: ((doc: Y.Doc) => void) | null,
    alongside?: readonly Statement[],
  ): Promise<void>;
  /**
   * Makes a document of a log that was kept elsewhere and checked: its rows as they were, what was signed of them, then one by who brings it, with which the document begins another life. So nobody who knew it elsewhere merges what they have
   * with it in silence.
   * @param alongside - catalogue statements that stand or fall with it.
   * @throws AppError `conflict` when the document exists; nothing was written.
   */
  adopt(document: AdoptedDocument, act: Act, alongside?: readonly Statement[]): Promise<void>;
  /**
   * A forward edit by the relay: rebuilds the document, lets `change` write in it under a fresh client id bound to the person, appends and broadcasts what changed.
   * @param alongside - catalogue statements that stand or fall with the row; they run also when `change` changed nothing.
   * @returns the row's number, or the current one when `change` changed nothing.
   * @throws AppError `not_allowed` for an unknown document, `document_damaged` when it is read-only, `storage_full` | `storage_failed`.
   */
  change(
    document: DocumentId,
    act: Act,
    change: (doc: Y.Doc) => void,
    alongside?: readonly Statement[],
  ): Promise<{ seq: number }>;
  /**
   * Takes a document away for good; who has it open is closed with 4403.
   * @param alongside - catalogue statements that stand or fall with that.
   * @param last - the last row that whoever asks knows of; default: whichever it is.
   * @throws AppError `conflict` when there are rows behind `last`: it stays as it is.
   */
  destroy(document: DocumentId, alongside?: readonly Statement[], last?: number): Promise<void>;
  /** The document as it is now, or as it was at row `atSeq` (uncollected: `gc: false`). Null for an unknown document. @throws AppError `document_damaged` */
  read(document: DocumentId, atSeq?: number): Promise<{ doc: Y.Doc; seq: number } | null>;
  /**
   * The document as it is now, for who shows it: of a damaged one, what is sound.
   * @returns `wholeTo`: the row before the first that is lost; null when none is.
   */
  readable(document: DocumentId): Promise<{ doc: Y.Doc; seq: number; wholeTo: number | null } | null>;
  /** The same of a note, as plain data: a large one, or one of many small edits, is read in a worker. @throws AppError `document_damaged` */
  note(document: DocumentId): Promise<(NoteIn & { seq: number; wholeTo: number | null }) | null>;
  /**
   * Ends all waiting in a document that is set aside because some of it waits for what is not there, by a row of its own. Since somebody may have what is missing here, the document
   * begins another life with it: who has it open comes back, and unsent edits are kept apart. Then it may be written in again.
   * @returns the row's number; null when nothing waits.
   * @throws AppError `conflict` when it is not set aside for its content.
   */
  endWaiting(document: DocumentId, act: Act): Promise<{ seq: number } | null>;
  /** Looks at a document's tree now: one that is not sound is set aside, one that is sound again given back. Resolves when that is done. */
  inspect(document: DocumentId): Promise<void>;
  /** Called after rows of a document became durable. Returns the way to stop listening. */
  onAppended(
    listener: (event: { document: DocumentId; seq: number; person: PersonId | null }) => void,
  ): () => void;
  /** Asks the policy again for every socket of this document (or of everyone): who lost the right is closed, whose role changed is told. */
  recheckAccess(document?: DocumentId): Promise<void>;
  /** Resolves when every write that was taken in so far is in the log, or was given up. */
  settled(): Promise<void>;
  /** Closes the sockets of a signed-out session. */
  closeSession(sessionId: string): void;
}
