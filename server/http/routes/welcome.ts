import type { Context } from 'hono';
import type { Session } from '#shared/api/session.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Caller } from '../../Caller.ts';
import { joinGuest } from '../../operations/joinGuest.ts';
import { stayHere } from '../../operations/leaveRelay.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentSession } from '../presentSession.ts';
import type { SignInOutcome } from '../sessions.ts';

/** How somebody signed in. */
interface SignIn {
  /** By what, where that is not a password. */
  readonly way?: 'passkey' | null;
  /** The guest whose session this browser had until then, and who is to be the same person; null for none. */
  readonly guest: PersonId | null;
}

/** The guest who is signed in on this browser, where they want to be one with the account that they sign in to. Taken before the sign-in, which ends that session. */
export function guestOf(caller: Caller, join: boolean): PersonId | null {
  return join && caller?.kind === 'guest' ? caller.id : null;
}

/** Somebody signed in: that takes a deletion of their account back, and what they wrote as a guest to it. @returns which of these it did. */
export async function recordSignIn(
  relay: HttpRelay,
  person: PersonId,
  { way = null, guest }: SignIn,
): Promise<SignInOutcome> {
  await record(relay, 'account.signed_in', { by: person, value: way });
  const stayed = await stayHere(relay, person);
  const joined = guest !== null && (await joinGuest(relay, guest, person));
  return { ...(stayed && { stayed }), ...(joined && { joined }) };
}

/** Answers a sign-in. */
export async function welcome(
  relay: HttpRelay,
  context: Context<HttpEnvironment>,
  signIn: SignIn,
): Promise<Session> {
  const { caller } = context.var;
  if (caller === null) return presentSession(relay, context);
  const outcome = await recordSignIn(relay, caller.id, signIn);
  if (outcome.joined) {
    // It may have given them the role of an administrator.
    const now = await relay.catalogue.persons.get(caller.id);
    context.set('caller', { ...caller, role: now?.role ?? caller.role });
  }
  return { ...presentSession(relay, context), ...outcome };
}
