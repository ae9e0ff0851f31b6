import type { PersonId } from '#shared/domain/ids.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { freeColour } from './freeColour.ts';
import { record } from './traceOf.ts';

/**
 * Somebody whom the organisation's provider sent for the first time: a member with an account. A guest stays the same person, with their name and what they wrote.
 * @returns their id.
 */
export async function addNewcomer(
  context: RelayContext,
  name: string,
  guest: PersonId | null,
): Promise<PersonId> {
  const { catalogue, events, now } = context;
  const known = guest === null ? null : await catalogue.persons.get(guest);
  const isGuest = known?.kind === 'guest';
  const id = isGuest ? known.id : newId<PersonId>();
  const at = now();
  if (isGuest) await catalogue.persons.change(id, { kind: 'account' });
  else {
    const colour = await freeColour(context, { subject: 'relay', subjectId: null, createdBy: null });
    await catalogue.persons.add({ id, kind: 'account', name, colour, role: 'member', createdAt: at });
  }
  await record(context, 'account.created', { by: id, value: 'organisation' });
  events.emit({ type: 'lists' });
  return id;
}
