import type { CollectionKind } from './Collection.ts';
import type { CarnetId, CategoryId, DocumentId } from './ids.ts';

/** A community relay that this computer follows: an id of its own here, 22 letters. */
export type FollowedRelayId = string;

/** Why a document of a followed relay is kept on this computer, the weakest reason first: it was opened, a carnet that is pinned holds it, it is pinned, it was made here. */
export const mirrorReasons = ['opened', 'carnet', 'pinned', 'created'] as const;
export type MirrorReason = (typeof mirrorReasons)[number];

/**
 * Why a document is not equal with its home, or its home with it: no way there; the session there ended; the right there is gone; it was restored or replaced there, and is fetched again; a newer
 * application is needed; this computer, or the home, cannot store; something of it was refused there; it was damaged on this computer, and is fetched again.
 */
export const mirrorProblems = [
  'home_unreachable',
  'not_signed_in',
  'not_allowed',
  'epoch_changed',
  'app_outdated',
  'storage_failed',
  'refused',
  'damaged',
] as const;
export type MirrorProblem = (typeof mirrorProblems)[number];

/** The carnet that a note is to be put into once it is at its home. `isRefused`: the home did not put it there. */
export interface CarnetWish {
  readonly carnet: CarnetId;
  readonly category: CategoryId | null;
  readonly isRefused: boolean;
}

/** How a document of which this computer keeps a copy stands with its home: never better than the facts. Times are Unix milliseconds. */
export interface MirrorState {
  readonly document: DocumentId;
  readonly kind: 'note' | CollectionKind;
  readonly relay: FollowedRelayId;
  readonly reason: MirrorReason;
  /** What its person may do at the home, as of the last contact; null before the first. */
  readonly role: string | null;
  /** It is open at the home now. */
  readonly reachable: boolean;
  /** When this computer last heard of it from the home; null: never. */
  readonly lastContact: number | null;
  /** Whether everything that the home had at the last contact is here. */
  readonly isWhole: boolean;
  /** Rows that the home does not have. */
  readonly waiting: number;
  /** Since when the oldest of them waits; null for none. */
  readonly waitingSince: number | null;
  readonly problem: MirrorProblem | null;
  /** It was damaged on this computer, and is not yet whole again from its home: also while there is another problem. */
  readonly isMending: boolean;
  /** Null for none. */
  readonly wish: CarnetWish | null;
}
