import { Hono } from 'hono';
import { leaveSchema, type LeavingPlan } from '#shared/api/leaving.ts';
import { requirePerson } from '../../access.ts';
import { askToLeave, planLeaving, stayHere } from '../../operations/leaveRelay.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { confirmPerson } from './confirmPerson.ts';
import { validate } from '../validate.ts';

/** Deleting one's account. Mounted behind the check that this relay has accounts. @param hashing - gives way to others. */
export function leavingRoutes(
  relay: HttpRelay,
  hashing: <T>(work: () => Promise<T>) => Promise<T>,
): Hono<HttpEnvironment> {
  const { accounts, sessions } = relay;
  return new Hono<HttpEnvironment>()
    .get('/account/leaving', async (context) => {
      const { caller } = context.var;
      const plan = await planLeaving(relay, caller);
      const account = await accounts.credentials.of(requirePerson(caller).id);
      const confirmBy = account && {
        password: account.hasPassword,
        passkey: account.passkeys.length > 0,
        organisation: account.isOfOrganisation,
      };
      return context.json<LeavingPlan>({ ...plan, confirmBy });
    })
    .post('/account/leaving', validate('json', leaveSchema), async (context) => {
      const { caller, session } = context.var;
      const { id } = requirePerson(caller);
      const { choices, communities, password } = context.req.valid('json');
      await confirmPerson(relay, context, password, hashing);
      const dueAt = await askToLeave(relay, caller, choices, communities);
      // A guest has no other way back than this session.
      if (session?.account != null) {
        await sessions.end(context);
        await accounts.endAllSessions(id);
      }
      return context.json({ dueAt });
    })
    .delete('/account/leaving', async (context) => {
      await stayHere(relay, requirePerson(context.var.caller).id);
      return context.body(null, 204);
    });
}
