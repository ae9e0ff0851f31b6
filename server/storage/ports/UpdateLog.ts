import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { DeviceId, DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { PackedUpdates } from '../packedUpdates.ts';
import type { Segment } from './Segment.ts';

/** What kind of content a document holds. */
export type DocumentKind = 'note' | CollectionKind;

/** How a row came in: a person's socket, an operation of the relay, a mirror. */
export type Via = 'socket' | 'operation' | 'mirror';

/** One row of a document's log before it has its place in the order. */
export interface NewRow {
  readonly document: DocumentId;
  /** Unix milliseconds, the relay's clock. */
  readonly time: number;
  /** Whose change it is; null for the relay's own (a seed). */
  readonly person: PersonId | null;
  readonly device: DeviceId | null;
  /** Time on the device for work done offline; of an import, when what came in was last changed, by what it says. Shown, never used to order. */
  readonly deviceTime: number | null;
  readonly via: Via;
  /** Name of the relay operation ('seed', 'restore', 'integrate'…), null for typing. */
  readonly operation: string | null;
  /** Yjs update, v1 encoding. */
  readonly bytes: Uint8Array;
  /** Client ids whose structs the update holds, bound to `person` in the same transaction. */
  readonly clients: readonly number[];
}

/** One row as stored; `seq` is 1 for a document's first. */
export interface LogRow extends Omit<NewRow, 'clients'> {
  readonly seq: number;
}

/** The collected state of a document at a row, for newcomers. */
export interface Checkpoint {
  readonly document: DocumentId;
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly stateVector: Uint8Array;
  /** Where the delete set begins in `bytes`: a newcomer who has every struct is sent only what follows. */
  readonly deleteSetAt: number;
}

/**
 * What a reader of a document's past worked out of its rows up to one, so that the next need not read them all: derived, and never more than a help. It holds text that was removed, so that it goes
 * with the rows that it was made of.
 */
export interface KeptPast {
  readonly document: DocumentId;
  /** Of the document, and the last row that it was made of. */
  readonly epoch: Epoch;
  readonly seq: number;
  /** What the bytes are written in: who reads another one makes it anew. */
  readonly format: number;
  /** Those whom the bytes name by their place here, under the ids of then. */
  readonly people: readonly PersonId[];
  readonly bytes: Uint8Array;
}

/** Catalogue statements that stand or fall with rows of the log: one transaction. Only an adapter over a database takes them. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a room needs to open, read in one step: nothing of the document can change in between. */
export interface LoadedDocument {
  readonly head: DocumentHead;
  readonly checkpoint: Checkpoint | null;
  /** The rows after the checkpoint. */
  readonly rows: readonly LogRow[];
  readonly bindings: readonly ClientBinding[];
}

/** What a document is built from, read in one step. */
export interface LoadedUpdates {
  readonly head: DocumentHead;
  /** The checkpoint, if there is one, then the rows after it that were asked for. */
  readonly updates: PackedUpdates;
  /** The row of the checkpoint; null for none. */
  readonly checkpointSeq: number | null;
  /** How many rows there are in `updates`. */
  readonly rowCount: number;
}

/** What can be read of a document of which something is damaged. */
export interface SoundDocument extends LoadedDocument {
  /** The first row that is damaged or missing, and that `rows` should have; null: nothing is. */
  readonly firstLost: number | null;
}

/** A document that is about to be made. */
export type NewDocument = Pick<DocumentHead, 'document' | 'kind' | 'epoch' | 'schemaVersion'> & {
  /** 0 for the copy of a document whose home is another relay; default: this relay is its home. */
  readonly homeSeq?: number | null;
};

/** What the home of a document sent, which is put behind the home's rows that are here and before those that it does not have. */
export interface Rebase {
  readonly document: DocumentId;
  /** The one that the copy has, or a new one. */
  readonly epoch: Epoch;
  /** The home's last row that stays: `homeSeq`; or 0, to fetch the copy anew. */
  readonly after: number;
  /** The home's, as they are there. */
  readonly rows: readonly NewRow[];
  /** Numbers of rows behind the home's that the home has, under whichever number: they go. */
  readonly settled: readonly number[];
  /** The last row that whoever asks knows of; default: whichever it is. */
  readonly last?: number | undefined;
  /** The copy goes on as one of another home, of which nothing is here yet: all rows are kept. Default: false. */
  readonly isOfAnother?: boolean;
}

/** A log that was kept elsewhere, checked by who brings it. */
export interface AdoptedLog {
  readonly head: NewDocument;
  /** None, or rows 1 to the one before the first of `rows`. */
  readonly segments: readonly Segment[];
  /** At least one. */
  readonly rows: readonly NewRow[];
  /** Whose the client ids are that none of `rows` binds. */
  readonly bindings: readonly ClientBinding[];
}

/** What the log knows of a document beside its rows. */
export interface DocumentHead {
  readonly document: DocumentId;
  readonly kind: DocumentKind;
  readonly epoch: Epoch;
  /** Rises when content of a newer schema is first inserted; clients below it are refused (4426). */
  readonly schemaVersion: number;
  /** The last row; 0 for none. */
  readonly seq: number;
  /** Why nobody may write in it, or null: 'damaged', 'invalid_content', 'storage'. */
  readonly readOnly: string | null;
  /** The last row up to which it was sound, where it is set aside for its content and that is known. */
  readonly goodSeq: number | null;
  /** Of a copy, the last row that is the home's: those behind it are not there yet, and may get other numbers. Null: this relay is the home. */
  readonly homeSeq: number | null;
}

/** The chain of digests over a document's rows, at its last row. @see PROTOCOL.md, "Signed heads" */
export interface ChainHead {
  readonly epoch: Epoch;
  /** 0 for a document without rows. */
  readonly seq: number;
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array;
}

/** What a segment holds, without its bytes. */
export type SegmentPlace = Pick<Segment, 'first' | 'last' | 'digest'> & {
  readonly isThinned: boolean;
  /** How many bytes it holds. */
  readonly size: number;
};

/** Whose a Yjs client id is, in one document. */
export interface ClientBinding {
  readonly client: number;
  readonly person: PersonId | null;
  readonly device: DeviceId | null;
}

/**
 * The append-only update log: the only truth of content. Every row is kept, with a checksum (zlib.crc32 over all its columns) that is checked at each read.
 * @throws AppError `storage_full` | `storage_failed`: nothing of the call was written. `document_damaged`: the checksum of a row or a segment does not agree, or one is missing.
 */
export interface UpdateLog {
  /** Makes a document with its first rows, if any, together with the catalogue's statements. Known already: `conflict`, nothing written. */
  create(head: NewDocument, rows?: readonly NewRow[], alongside?: readonly Statement[]): Promise<void>;
  /**
   * Makes a document with a log that was kept elsewhere, together with the catalogue's statements: its segments from row 1 on, each beginning behind the one before, then its rows. Known already: `conflict`, nothing written.
   */
  adopt(log: AdoptedLog, alongside?: readonly Statement[]): Promise<void>;
  /**
   * Takes a document away for good: its rows, segments, checkpoint, kept past, signed heads and bindings, together with the catalogue's statements. What they stood on is overwritten. Unknown already:
   * only the statements are carried out.
   * @param last - the last row that whoever asks knows of; default: whichever it is.
   * @throws AppError `conflict` when there are rows behind `last`; nothing was written.
   */
  destroy(document: DocumentId, alongside?: readonly Statement[], last?: number): Promise<void>;
  head(document: DocumentId): Promise<DocumentHead | null>;
  documents(): Promise<readonly DocumentHead[]>;
  /**
   * Appends rows of any number of documents in one transaction, on the disk (fsync) when the promise resolves. Client ids bound to somebody else are the room's to refuse
   * beforehand; a binding that exists already is left as it is.
   * @param alongside - catalogue statements of the same transaction.
   * @returns the sequence number of each, in the order given.
   */
  append(rows: readonly NewRow[], alongside?: readonly Statement[]): Promise<readonly number[]>;
  /**
   * Appends a row with which a document begins another life, in one transaction: its epoch is another, and it is no longer set aside.
   * @returns the row's sequence number.
   */
  renew(row: NewRow, epoch: Epoch): Promise<number>;
  /**
   * Puts rows of a document's home in their place, in one transaction: those behind the home's that the home has go, the others follow the new ones, in their order. A document that had its
   * home here becomes a copy, of which the home has nothing yet. Fetched anew, what is damaged goes too.
   * @returns the last row, and the home's last.
   * @throws AppError `not_allowed` for an unknown document, `conflict` when `after` is not where the home's rows end, or there are rows behind `last`; `document_damaged`; nothing was written.
   */
  rebase(rebase: Rebase): Promise<{ readonly seq: number; readonly homeSeq: number }>;
  /**
   * Makes this relay the home of a copy of which the home has nothing. Nothing happens to a document that has its home here.
   * @throws AppError `not_allowed` for an unknown document, `conflict` when rows of it are the home's.
   */
  becomeHome(document: DocumentId): Promise<void>;
  /** Null for an unknown document. A damaged checkpoint is left out, and the rows then begin at the first. */
  load(document: DocumentId): Promise<LoadedDocument | null>;
  /**
   * The same for a worker that builds the document: its updates alone, in one piece. Commits and the event loop do not wait for it, however many there are.
   * @param maxRows - of the rows after the checkpoint, no more than these that come first, and of a copy only the home's; default: all.
   */
  loadUpdates(document: DocumentId, maxRows?: number): Promise<LoadedUpdates | null>;
  /**
   * The same, without the rows and segments that are damaged: for who may read a document of which `load` says `document_damaged`. What depends on what is left
   * out is among the rows; Yjs keeps it back.
   */
  loadSound(document: DocumentId): Promise<SoundDocument | null>;
  /** Rows with `seq` > after and <= upTo, in order, wherever they are kept. */
  read(document: DocumentId, after: number, upTo?: number): Promise<readonly LogRow[]>;
  /** The same, or null when some of them are in segments: who opens a document never waits for these. */
  recent(document: DocumentId, after: number, upTo: number): Promise<readonly LogRow[] | null>;
  /** Null for an unknown document. */
  chainHead(document: DocumentId): Promise<ChainHead | null>;
  /**
   * Stores signed heads, in one transaction. Of those of a document's epoch the newest is kept, and one for each segment that was cut.
   * @param publicKey - of the key that signed them, 32 bytes.
   */
  saveHeads(
    heads: readonly { readonly document: DocumentId; readonly head: SignedHead }[],
    publicKey: Uint8Array,
  ): Promise<void>;
  /** The newest signed head of a document's present epoch, or null. */
  signedHead(document: DocumentId): Promise<SignedHead | null>;
  bindings(document: DocumentId): Promise<readonly ClientBinding[]>;
  checkpoint(document: DocumentId): Promise<Checkpoint | null>;
  /** Of a copy, one beyond the home's rows is not kept: those behind may get other numbers. */
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Null where none is kept, or what is kept is damaged. */
  past(document: DocumentId): Promise<KeptPast | null>;
  /** Keeps it in place of what was kept before; not when the document is gone, or began another life, since, nor beyond the home's rows of a copy. */
  savePast(past: KeptPast): Promise<void>;
  /** Takes away what is kept of one document's past, or of all. */
  forgetPasts(document?: DocumentId): Promise<void>;
  /**
   * Packs old rows into one segment of the journal: of those that the checkpoint holds, but for the last few (`segmentLimits.keptRows`), the oldest. For who reads, nothing
   * changes; whoever opens the document reads no segment. The segment is written, and its rows are taken away, in one transaction.
   * @param atLeast - does nothing while there are fewer such rows.
   * @returns how many rows were packed; 0 when there was nothing to do.
   */
  cut(document: DocumentId, atLeast: number): Promise<number>;
  /** The segments of a document, oldest first. */
  segments(document: DocumentId): Promise<readonly SegmentPlace[]>;
  /**
   * Puts segments in the place of others, for good: those of a range that was thinned. What was kept of the document's past goes with them.
   * @param segments - of one document, each beginning behind the one before.
   * @throws AppError `conflict`, nothing changed: they do not begin and end with segments that are there, or another digest is at their end.
   */
  replaceSegments(segments: readonly Segment[]): Promise<void>;
  /**
   * How many bytes documents take: what is in their rows, wherever they are kept, and in their checkpoints. Commits do not wait for it. Of what is written meanwhile some may be counted.
   * @param of - those that are asked about; unknown ones are passed over. Default: all.
   */
  sizes(of?: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, number>>;
  /** Called when something of a document, rows or a segment, turns out not to be what was written; whoever asked gets `document_damaged`. Returns the way to stop listening. */
  onDamaged(listener: (document: DocumentId) => void): () => void;
  /** @param goodSeq - the last row up to which it was sound. */
  setReadOnly(document: DocumentId, reason: string | null, goodSeq?: number | null): Promise<void>;
  setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void>;
  close(): Promise<void>;
}
