import type { Context } from 'hono';
import { AppError } from '#shared/api/errorCodes.ts';
import { requirePerson } from '../../access.ts';
import { countAttempt, forgetAttempts } from '../../accounts/attempts.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';

const freshMs = 10 * 60_000;

/**
 * Makes sure that it is the person themselves who asks for what cannot be done by whoever finds their browser open: by their password, or because they signed in a moment ago (by a passkey, by their organisation).
 * A guest has only the session.
 * @param hashing - gives way to others.
 * @throws AppError `sign_in_failed`, `too_many_requests`; `sign_in_again` without a password.
 */
export async function confirmPerson(
  relay: HttpRelay,
  context: Context<HttpEnvironment>,
  password: string | undefined,
  hashing: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const { accounts } = relay;
  const { session } = context.var;
  const { id } = requirePerson(context.var.caller);
  if (session?.account == null) return;
  if (password !== undefined) {
    const { email } = session.account;
    await countAttempt(relay, 'signIn', email);
    await hashing(() => accounts.credentials.check(id, password));
    await forgetAttempts(relay, 'signIn', email);
    return;
  }
  const own = (await accounts.sessions(id)).find((one) => one.id === session.id);
  if (own === undefined || Date.now() - own.createdAt > freshMs)
    throw new AppError('sign_in_again', 'this session is not of a moment ago');
}
