import type { CarnetWish, FollowedRelayId, MirrorReason, MirrorState } from '#shared/domain/MirrorState.ts';
import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from '../storage/ports/UpdateLog.ts';

/** What keeps documents of followed relays equal with their homes, as the rest of an embedded relay sees it. */
export interface MirrorFace {
  /**
   * Keeps a copy of a document of a followed relay, from now on. Known already, it is kept for the stronger reason of the two; one of a relay that is no more goes on as one of this.
   * @returns once the copy is whole for the first time.
   * @throws AppError `home_unreachable`, `not_signed_in`, `not_allowed`, when there is no copy and none can be had now.
   */
  keep(
    document: DocumentId,
    kind: DocumentKind,
    relay: FollowedRelayId,
    reason: MirrorReason,
  ): Promise<MirrorState>;
  /** Keeps a document that is pinned for having been opened only. Nothing happens to one that is kept for another reason. */
  unpin(document: DocumentId): Promise<void>;
  /** A document that is to be placed at a relay and never was there is not placed, and stays on this computer. Nothing happens to any other. */
  callBack(document: DocumentId): Promise<void>;
  /**
   * Keeps the copy no longer: it is taken off this computer. What the home does not have of it becomes a recovered copy; what was to be placed there and never was stays on this computer.
   * @throws AppError `storage_failed` when that could not be kept: the copy stays.
   */
  drop(document: DocumentId): Promise<void>;
  /** The same of all documents of a relay; a recovered carnet holds the recovered notes. @throws as `drop` */
  dropAll(relay: FollowedRelayId): Promise<void>;
  /**
   * Gives a document of this computer a home: it is placed there at the next contact, with its whole history, and is a copy from now on.
   * @param wish - the carnet that it is to be put into once it is there; default: none.
   * @throws AppError `not_allowed` for an unknown document, `conflict` for one that has a home.
   */
  place(document: DocumentId, relay: FollowedRelayId, wish?: CarnetWish | null): Promise<MirrorState>;
  /** Null for a document of this computer alone. */
  state(document: DocumentId): MirrorState | null;
  /** All of them, or those of one relay. */
  states(relay?: FollowedRelayId): readonly MirrorState[];
  /** Whether the relay's socket is open now. */
  isConnected(relay: FollowedRelayId): boolean;
  /** Called when a document's state changed, also with null for one that is kept no more. @returns the way to stop listening. */
  onState(listener: (document: DocumentId, state: MirrorState | null) => void): () => void;
  /**
   * Fetches the bytes of a file again that this computer has lost, or that are damaged, from the home of a note that shows it.
   * @param notes - that hold it.
   * @returns whether they are here as they were.
   */
  mendFile(file: AttachmentId, notes: readonly DocumentId[]): Promise<boolean>;
  /** These copies stand still, and no others: nothing of them goes to their homes or comes from there, until they are not among them. */
  hold(documents: ReadonlySet<DocumentId>): void;
  /** Tries again now, to reach all or one. */
  retry(relay?: FollowedRelayId): void;
}
