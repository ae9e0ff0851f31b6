import type { WebSocket } from 'ws';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { DeviceId, PersonId } from '#shared/domain/ids.ts';

/** A community relay that the person of this computer follows, and who they are there. */
export interface FollowedRelay {
  readonly id: FollowedRelayId;
  /** Where it is reached, without a slash at its end. */
  readonly origin: string;
  readonly name: string;
  readonly personThere: PersonId;
  readonly nameThere: string;
  /** What it knows this computer by. */
  readonly device: DeviceId;
  /** Unix milliseconds. */
  readonly addedAt: number;
}

/** The followed relays, as the mirror asks for them. */
export interface FollowedRelays {
  list(): readonly FollowedRelay[];
  get(id: FollowedRelayId): FollowedRelay | null;
  /**
   * A request over the session that the person has there.
   * @param path - from `/` on.
   * @returns the answer, whatever its status but 401.
   * @throws AppError `home_unreachable` without a way there or an answer in time, `not_signed_in` when the session there ended.
   */
  fetch(id: FollowedRelayId, path: string, init?: RequestInit): Promise<Response>;
  /** Opens a WebSocket there, by the way that `fetch` goes. @param path - from `/` on. @throws AppError `not_allowed` for one that is not followed. */
  socket(id: FollowedRelayId, path: string, protocols: readonly string[]): WebSocket;
  /** Called when one was added, changed (its address, its session) or taken off. @returns the way to stop listening. */
  onChanged(listener: (id: FollowedRelayId) => void): () => void;
}
