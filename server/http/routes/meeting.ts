import { Hono } from 'hono';
import { z } from 'zod';
import { personIdSchema } from '#shared/api/common.ts';
import { type HostedMeeting, openMeetingSchema } from '#shared/api/meeting.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** The meeting that a computer hosts on the local network, for its person alone. */
export function meetingRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { meetings } = relay;
  const routes = new Hono<HttpEnvironment>();
  // A community's relay hosts none.
  if (relay.mode !== 'local') return routes;
  return routes
    .use('/meeting/*', async (context, next) => {
      if (requirePerson(context.var.caller).kind !== 'local') throw notAllowed();
      await next();
    })
    .get('/meeting', async (context) => context.json<HostedMeeting>(await meetings.state()))
    .post('/meeting', validate('json', openMeetingSchema), async (context) =>
      context.json<HostedMeeting>(await meetings.open(context.var.caller, context.req.valid('json')), 201),
    )
    .post('/meeting/code', async (context) => context.json<HostedMeeting>(await meetings.renewCode()))
    .delete('/meeting/guests/:id', validate('param', z.object({ id: personIdSchema })), async (context) => {
      const { id } = requirePerson(context.var.caller);
      await meetings.removeGuest(id, context.req.valid('param').id);
      return context.body(null, 204);
    })
    .delete('/meeting', async (context) => {
      await meetings.end();
      return context.body(null, 204);
    });
}
