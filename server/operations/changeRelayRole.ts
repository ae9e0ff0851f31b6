import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RelayRole } from '#shared/domain/Person.ts';
import { notAllowed, requireAdministrator } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { record } from './traceOf.ts';

/**
 * Makes somebody an administrator of the relay, or a member again.
 * @throws AppError `not_allowed`; `conflict` for the last administrator, and for who has no account.
 */
export async function changeRelayRole(
  context: RelayContext,
  caller: Caller,
  id: PersonId,
  role: RelayRole,
): Promise<void> {
  const { catalogue } = context;
  const by = requireAdministrator(caller);
  const person = await catalogue.persons.get(id);
  if (person === null) throw notAllowed();
  if (role === 'administrator' && person.kind !== 'account')
    throw new AppError('conflict', 'an administrator has an account');
  if (person.role === role) return;
  if (!(await catalogue.persons.changeRole(id, role)))
    throw new AppError('conflict', 'a relay has an administrator');
  await record(context, 'relay.role', { by: by.id, person: id, value: role });
}
