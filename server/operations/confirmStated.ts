import type { PersonId } from '#shared/domain/ids.ts';
import { notAllowed, requirePerson } from '../access.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import { hashSecret } from '../secrets.ts';
import { joinGuest } from './joinGuest.ts';

/**
 * The caller shows that they are who was stated, by the secrets of whose hashes the statements told: what was written so is theirs from now on. Each is good once; one that is of nothing, or was shown
 * before, changes nothing.
 * @returns who they were here until now.
 * @throws AppError `not_signed_in`; `not_allowed` for who has no account.
 */
export async function confirmStated(
  context: RelayContext & { readonly accounts: Accounts; readonly history: History },
  caller: Caller,
  secrets: readonly string[],
): Promise<PersonId[]> {
  const account = requirePerson(caller);
  if (account.kind !== 'account') throw notAllowed();
  const confirmed: PersonId[] = [];
  for (const secret of new Set(secrets))
    for (const { person } of context.statements.claimed(hashSecret(secret)))
      if (await joinGuest(context, person, account.id)) confirmed.push(person);
  return confirmed;
}
