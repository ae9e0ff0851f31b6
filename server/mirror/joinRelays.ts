import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { JoinedMeetings } from '../meeting/JoinedMeetings.ts';
import type { FollowedRelays } from './FollowedRelays.ts';
import type { HomeStanding, RelayFollower } from './RelayFollower.ts';

/** Where copies of a computer have their homes: what its person follows, and the meetings that they joined. */
export interface Homes extends FollowedRelays {
  standing(id: FollowedRelayId): HomeStanding;
}

export function joinRelays(follower: RelayFollower, joined: JoinedMeetings): Homes {
  const of = (id: FollowedRelayId) => (joined.get(id) === null ? follower : joined);
  return {
    list: () => [...follower.list(), ...joined.list()],
    get: (id) => of(id).get(id),
    standing: (id) => of(id).standing(id),
    fetch: (id, path, init) => of(id).fetch(id, path, init),
    socket: (id, path, protocols) => of(id).socket(id, path, protocols),
    onChanged: (listener) => {
      const stops = [follower.onChanged(listener), joined.onChanged(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
