import { Hono } from 'hono';
import { z } from 'zod';
import { sessionIdSchema } from '#shared/api/sessions.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** Where a person is signed in, and how that ends. */
export function sessionsRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/sessions', async (context) => {
      const { id } = requirePerson(context.var.caller);
      const sessions = await relay.accounts.sessions(id);
      const current = context.var.session?.id;
      return context.json({
        sessions: sessions.map((session) => ({ ...session, current: session.id === current })),
      });
    })
    .delete('/sessions', async (context) => {
      const { id } = requirePerson(context.var.caller);
      // This browser's cookie goes too.
      await relay.sessions.end(context);
      await relay.accounts.endAllSessions(id);
      await record(relay, 'account.signed_out_everywhere', { by: id });
      return context.body(null, 204);
    })
    .delete('/sessions/:id', validate('param', z.object({ id: sessionIdSchema })), async (context) => {
      const { id } = requirePerson(context.var.caller);
      if (!(await relay.accounts.endOneSession(id, context.req.valid('param').id))) throw notAllowed();
      await record(relay, 'account.session_ended', { by: id });
      return context.body(null, 204);
    });
}
