import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { FollowedRelay } from '../../mirror/FollowedRelays.ts';
import type { FollowedRelayStore } from '../ports/FollowedRelayStore.ts';

/** Followed relays in memory. */
export class MemoryFollowedRelayStore implements FollowedRelayStore {
  readonly #relays = new Map<FollowedRelayId, FollowedRelay>();

  async list(): Promise<readonly FollowedRelay[]> {
    return [...this.#relays.values()].sort((a, b) => a.addedAt - b.addedAt);
  }

  async add(relay: FollowedRelay): Promise<boolean> {
    if ([...this.#relays.values()].some(({ origin }) => origin === relay.origin)) return false;
    this.#relays.set(relay.id, relay);
    return true;
  }

  async rename(id: FollowedRelayId, name: string): Promise<void> {
    const relay = this.#relays.get(id);
    if (relay !== undefined) this.#relays.set(id, { ...relay, name });
  }

  async remove(id: FollowedRelayId): Promise<void> {
    this.#relays.delete(id);
  }
}
