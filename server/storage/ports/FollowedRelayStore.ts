import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { FollowedRelay } from '../../mirror/FollowedRelays.ts';

/** The community relays that the person of this computer follows. How they are signed in there is a secret, and kept elsewhere. */
export interface FollowedRelayStore {
  /** In the order in which they came. */
  list(): Promise<readonly FollowedRelay[]>;
  /** @returns false, and nothing is written, when one of this address is followed. */
  add(relay: FollowedRelay): Promise<boolean>;
  /** What it is called here; an unknown one is left unknown. */
  rename(id: FollowedRelayId, name: string): Promise<void>;
  remove(id: FollowedRelayId): Promise<void>;
}
