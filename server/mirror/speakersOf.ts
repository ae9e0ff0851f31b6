import { AppError } from '#shared/api/errorCodes.ts';
import { type StatePerson, statedPersonSchema } from '#shared/api/mirror.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { FollowedRelays } from './FollowedRelays.ts';

/**
 * For whom a row goes to the home: the person of this computer (`self`), whom this computer states, under the id that they have there, or `nobody`: it is for others to bring it.
 * @param person - who wrote it here.
 */
export type Speakers = (person: PersonId | null) => 'self' | 'nobody' | PersonId;

type Context = Pick<RelayContext, 'catalogue' | 'identities' | 'now'>;

/**
 * Finds out for whom this computer may speak to the home of a copy. Its guests are stated there, each time anew: whoever was confirmed since may not be written as any more, and has another id then.
 * @throws AppError `home_unreachable`, `not_signed_in`.
 */
export async function speakersOf(
  context: Context,
  relays: Pick<FollowedRelays, 'fetch'>,
  record: MirrorRecord,
  people: readonly (PersonId | null)[],
): Promise<Speakers> {
  const { catalogue, identities } = context;
  const others = people.filter((person) => person !== null);
  const known = await catalogue.persons.getMany(others);
  const speakers = new Map<PersonId, ReturnType<Speakers>>();
  for (const person of others) {
    const here = known.get(person);
    if (here?.kind === 'guest') speakers.set(person, await state(context, relays, record, here));
    // Of another's rows the home is told by whoever wrote them, or their computer.
    else if ((here?.kind === 'account' || here?.kind === 'stated') && identities.of(person) === person)
      speakers.set(person, 'nobody');
  }
  return (person) => (person === null ? 'self' : (speakers.get(person) ?? 'self'));
}

async function state(
  { catalogue, identities, now }: Context,
  relays: Pick<FollowedRelays, 'fetch'>,
  { relay }: MirrorRecord,
  { id, name }: { readonly id: PersonId; readonly name: string },
): Promise<'nobody' | PersonId> {
  const body: StatePerson = {
    guest: id,
    name: name.replaceAll(/\p{Cc}/gu, ' '),
    claim: await catalogue.meetings.claimOf(id),
  };
  const answer = await relays.fetch(relay, '/api/mirror/stated', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    // A meeting, or a relay that takes no statements: they wait.
    if (answer.status === 403 || answer.status === 404) return 'nobody';
    throw new AppError('home_unreachable', `the home answered ${answer.status}`);
  }
  const { person } = statedPersonSchema.parse(await answer.json());
  if (identities.of(person) === person) {
    await catalogue.identities.recognize(person, id, now());
    identities.join(person, id);
  }
  return person;
}
