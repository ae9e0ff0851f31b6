import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { isHere } from '#shared/domain/Person.ts';
import { notAllowed, requireAdministrator } from '../access.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { record } from './traceOf.ts';

/**
 * Makes a link by which somebody chooses another password, for who is not reached by letters. Whoever holds it can sign in as them: that it was made stands in the register, where they find it too.
 * @returns the secret of the link, kept nowhere else, and until when it serves (Unix milliseconds).
 * @throws AppError `not_allowed`; `conflict` for who has no account.
 */
export async function makeRecoveryLink(
  context: RelayContext & { readonly accounts: Accounts },
  caller: Caller,
  id: PersonId,
): Promise<{ secret: string; expiresAt: number }> {
  const { catalogue, accounts } = context;
  const by = requireAdministrator(caller);
  const person = await catalogue.persons.get(id);
  if (person === null || !isHere(person)) throw notAllowed();
  if (person.kind !== 'account') throw new AppError('conflict', 'a guest has no password');
  const made = await accounts.credentials.newRecovery(id);
  await record(context, 'account.recovery_link_made', { by: by.id, person: id });
  return made;
}
