import type { PersonId } from '#shared/domain/ids.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { freeColour } from './freeColour.ts';

/** Somebody whom the organisation's provider sent for the first time: a member with an account. @returns their id. */
export async function addNewcomer(context: RelayContext, name: string): Promise<PersonId> {
  const { catalogue, events, now } = context;
  const id = newId<PersonId>();
  const at = now();
  const colour = await freeColour(context, { subject: 'relay', subjectId: null, createdBy: null });
  await catalogue.persons.add({ id, kind: 'account', name, colour, role: 'member', createdAt: at });
  await catalogue.access.add({
    at,
    kind: 'account_created',
    person: id,
    subject: null,
    detail: 'organisation',
  });
  events.emit({ type: 'lists' });
  return id;
}
