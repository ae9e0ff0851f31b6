import type { Home } from '#shared/api/homes.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { RelayFollower } from '../mirror/RelayFollower.ts';

/** A followed relay as it is shown: what stands with it, and what waits for it. @returns null for one that is not followed. */
export function presentHome(
  { follower, mirror }: { readonly follower: RelayFollower; readonly mirror: MirrorFace | null },
  id: FollowedRelayId,
): Home | null {
  const relay = follower.get(id);
  if (relay === null) return null;
  const { device: _, ...shown } = relay;
  const states = mirror?.states(id) ?? [];
  const since = states.flatMap(({ waitingSince }) => (waitingSince === null ? [] : [waitingSince]));
  return {
    ...shown,
    ...follower.standing(id),
    documents: states.length,
    mending: states.filter(({ isMending }) => isMending).length,
    waiting: states.reduce((sum, { waiting }) => sum + waiting, 0),
    waitingSince: since.length === 0 ? null : Math.min(...since),
  };
}
