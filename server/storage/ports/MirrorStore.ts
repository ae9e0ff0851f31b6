import type { CarnetWish, FollowedRelayId, MirrorProblem, MirrorReason } from '#shared/domain/MirrorState.ts';
import type { AttachmentId, DocumentId, Epoch, VersionId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './UpdateLog.ts';

/** A document of another relay of which a copy is kept here. Where the copy stands is the log's to say. */
export interface MirrorRecord {
  readonly document: DocumentId;
  readonly relay: FollowedRelayId;
  readonly kind: DocumentKind;
  readonly reason: MirrorReason;
  /** What its person may do at the home, as of the last contact; null before the first. */
  readonly role: string | null;
  /** The mark of the document's present life at its home; null before the first contact. Its life here has one of its own. */
  readonly homeEpoch: Epoch | null;
  /** Unix milliseconds; null: never. */
  readonly lastContact: number | null;
  /** Everything that the home had at the last contact is here. */
  readonly isWhole: boolean;
  /** What keeps it from being equal with its home until a person acts, or the copy was fetched anew. */
  readonly problem: MirrorProblem | null;
  /** Of a note. Null for none. */
  readonly wish: CarnetWish | null;
}

/** A version of a copy that somebody named, and that its home has too. */
export interface NamedThere {
  readonly version: VersionId;
  /** The id that it has at the home. */
  readonly there: VersionId;
  /** The words that both had last. */
  readonly name: string;
  readonly remark: string | null;
}

/** Which copies are kept here of documents of other relays. */
export interface MirrorStore {
  list(): Promise<readonly MirrorRecord[]>;
  /** Adds it, or puts it in the place of what was known of the document. */
  put(record: MirrorRecord): Promise<void>;
  /** Forgets it, with what is known of its files and of its named versions. */
  remove(document: DocumentId): Promise<void>;
  /** The files of a document that its home is known to have. */
  filesThere(document: DocumentId): Promise<readonly AttachmentId[]>;
  addFileThere(document: DocumentId, file: AttachmentId): Promise<void>;
  /** The named versions of a document that its home is known to have. */
  namedThere(document: DocumentId): Promise<readonly NamedThere[]>;
  /** Adds one, or puts it in the place of what was known of the version. */
  putNamedThere(document: DocumentId, named: NamedThere): Promise<void>;
}
