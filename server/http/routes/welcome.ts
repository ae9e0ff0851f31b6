import type { Context } from 'hono';
import type { Session } from '#shared/api/session.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { stayHere } from '../../operations/leaveRelay.ts';
import { record } from '../../operations/traceOf.ts';
import type { RelayContext } from '../../RelayContext.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentSession } from '../presentSession.ts';

/** Somebody signed in: that takes a deletion of their account back. @returns whether it did. */
export async function recordSignIn(
  context: RelayContext,
  person: PersonId,
  way: 'passkey' | null,
): Promise<boolean> {
  await record(context, 'account.signed_in', { by: person, value: way });
  return stayHere(context, person);
}

/** Answers a sign-in. @param way - by what, where that is not a password. */
export async function welcome(
  relay: HttpRelay,
  context: Context<HttpEnvironment>,
  way: 'passkey' | null = null,
): Promise<Session> {
  const { caller } = context.var;
  const stayed = caller !== null && (await recordSignIn(relay, caller.id, way));
  const session = presentSession(relay, context);
  return stayed ? { ...session, stayed } : session;
}
