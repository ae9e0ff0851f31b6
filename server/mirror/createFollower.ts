import type { RelayEvent } from '#shared/api/events.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { History } from '../history/History.ts';
import type { Timers } from '../history/Timers.ts';
import type { Identities } from '../Identities.ts';
import type { Discovery } from '../meeting/Discovery.ts';
import { JoinedMeetings } from '../meeting/JoinedMeetings.ts';
import { MeetingClaims } from '../meeting/MeetingClaims.ts';
import type { RelayEvents } from '../RelayEvents.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { Secrets } from '../storage/ports/Secrets.ts';
import { RelayFollower } from './RelayFollower.ts';

interface FollowerParts {
  readonly person: PersonId;
  readonly catalogue: Catalogue;
  readonly secrets: Secrets;
  readonly identities: Identities;
  readonly history: History;
  readonly events: RelayEvents;
  readonly timers: Timers;
}

/** What a computer does once it is known who its person is at another relay: what is written there under that id is theirs. */
function recognizer({ person, catalogue, identities, history, timers }: FollowerParts) {
  return async (personThere: PersonId): Promise<void> => {
    await catalogue.identities.recognize(personThere, person, timers.now());
    identities.join(personThere, person);
    history.past.forget();
    history.collections.forget();
  };
}

/** The meetings that the person of one computer joined. @param parts.person - they. */
export async function createJoinedMeetings(
  parts: FollowerParts & { readonly discovery: Discovery },
): Promise<JoinedMeetings> {
  const { secrets, discovery, timers, events } = parts;
  return JoinedMeetings.load({
    secrets,
    claims: await MeetingClaims.load(secrets),
    discovery,
    now: () => timers.now(),
    recognize: recognizer(parts),
    onStanding: () => {
      events.emit({ type: 'meeting' });
    },
  });
}

/** The followed relays of one computer. @param parts.person - its person. @param parts.onHomeEvent - called with what changed at one of them. */
export function createFollower(
  parts: FollowerParts & { readonly onHomeEvent: (event: RelayEvent) => void },
): Promise<RelayFollower> {
  const { catalogue, secrets, identities, events, timers, onHomeEvent } = parts;
  return RelayFollower.load({
    store: catalogue.followedRelays,
    secrets,
    timers,
    recognize: recognizer(parts),
    onEvent: (_relay, event) => {
      onHomeEvent(event);
      // An inbox is its person's under their own id here.
      events.emit(event.type === 'notices' ? { ...event, id: identities.of(event.id as PersonId) } : event);
    },
    onStanding: () => {
      events.emit({ type: 'homes' });
    },
  });
}
