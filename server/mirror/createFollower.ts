import type { PersonId } from '#shared/domain/ids.ts';
import type { History } from '../history/History.ts';
import type { Timers } from '../history/Timers.ts';
import type { Identities } from '../Identities.ts';
import type { RelayEvents } from '../RelayEvents.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { Secrets } from '../storage/ports/Secrets.ts';
import { RelayFollower } from './RelayFollower.ts';

/** The followed relays of one computer. @param parts.person - its person. */
export function createFollower(parts: {
  readonly person: PersonId;
  readonly catalogue: Catalogue;
  readonly secrets: Secrets;
  readonly identities: Identities;
  readonly history: History;
  readonly events: RelayEvents;
  readonly timers: Timers;
}): Promise<RelayFollower> {
  const { person, catalogue, secrets, identities, history, events, timers } = parts;
  return RelayFollower.load({
    store: catalogue.followedRelays,
    secrets,
    timers,
    recognize: async (personThere) => {
      await catalogue.identities.recognize(personThere, person, timers.now());
      identities.join(personThere, person);
      history.past.forget();
      history.collections.forget();
    },
    onEvent: (_relay, event) => {
      // An inbox is its person's under their own id here.
      events.emit(event.type === 'notices' ? { ...event, id: identities.of(event.id as PersonId) } : event);
    },
    onStanding: () => {
      events.emit({ type: 'homes' });
    },
  });
}
