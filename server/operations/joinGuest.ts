import type { PersonId } from '#shared/domain/ids.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import { collectionChanged } from './collectionChanged.ts';
import { communityChanged } from './communityChanged.ts';
import { traceOf } from './traceOf.ts';

/**
 * Makes one person of a guest, or of somebody who was stated, and the account that they signed in to: what they wrote and may do is the account's. That both are the same was shown by who calls: the
 * sign-in came from the guest's own session, or they know the secret of whose hash the statement told.
 * @returns false when one is no guest, or the other has no account: nothing is changed then.
 */
export async function joinGuest(
  context: RelayContext & { readonly accounts: Accounts; readonly history: History },
  guest: PersonId,
  account: PersonId,
): Promise<boolean> {
  const { catalogue, accounts, documents, events, identities, history } = context;
  const [one, other] = [await catalogue.persons.get(guest), await catalogue.persons.get(account)];
  if ((one?.kind !== 'guest' && one?.kind !== 'stated') || other?.kind !== 'account') return false;
  // Nothing is written as the guest any more, from whichever browser.
  await accounts.endAllSessions(guest);
  const line = { by: account, act: 'account.joined', subjectId: null, person: guest, value: null } as const;
  const trace = traceOf(context, line);
  const places = await catalogue.identities.join(guest, account, context.now(), trace);
  if (places === null) return false;
  identities.join(guest, account);
  history.past.forget();
  history.collections.forget();
  for (const id of places.notes) {
    await documents.recheckAccess(id);
    events.emit({ type: 'note', id });
  }
  for (const ref of places.collections) await collectionChanged(context, ref);
  for (const id of places.communities) await communityChanged(context, id);
  events.emit({ type: 'notices', id: account });
  events.emit({ type: 'lists' });
  return true;
}
