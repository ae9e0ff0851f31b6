import { Hono } from 'hono';
import { z } from 'zod';
import { relayIdSchema } from '#shared/api/common.ts';
import { joinByCodeSchema, type JoinedMeetingSummary, type MeetingContent } from '#shared/api/meeting.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { claimAtHome, claimsAt } from '../../meeting/claimAtHome.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';
import type { OpenClaims } from '#shared/api/mirror.ts';

/** The meetings of other computers that the person of this one joined. */
export function joinedMeetingRoutes(
  relay: Pick<HttpRelay, 'joined' | 'meetingCopies' | 'follower' | 'mirror' | 'logger'>,
): Hono<HttpEnvironment> {
  const { joined, follower, logger } = relay;
  const routes = new Hono<HttpEnvironment>();
  // A community's relay joins none.
  if (joined === null || follower === null) return routes;
  const claiming = () => ({ joined, follower, mirror: relay.mirror, logger });
  const inPath = validate('param', z.object({ id: relayIdSchema }));
  return routes
    .use('/joined-meetings/*', async (context, next) => {
      if (requirePerson(context.var.caller).kind !== 'local') throw notAllowed();
      await next();
    })
    .get('/joined-meetings', (context) => context.json({ meetings: joined.summaries() }))
    .post('/joined-meetings', validate('json', joinByCodeSchema), async (context) => {
      const { code, name, place } = context.req.valid('json');
      const caller = requirePerson(context.var.caller);
      const person = { name: name ?? caller.name, colour: caller.colour };
      const meeting = await joined.join(code, place ?? null, person);
      // Whoever joins wants to open its carnets at once.
      await relay.meetingCopies?.bringUp(meeting.id);
      return context.json<JoinedMeetingSummary>(meeting, 201);
    })
    .get('/joined-meetings/:id', inPath, async (context) =>
      context.json<MeetingContent>(await joined.content(context.req.valid('param').id)),
    )
    .get('/joined-meetings/claims/:id', inPath, async (context) =>
      context.json<OpenClaims>(await claimsAt(claiming(), context.req.valid('param').id)),
    )
    .post('/joined-meetings/claims/:id', inPath, async (context) => {
      await claimAtHome(claiming(), context.req.valid('param').id);
      return context.body(null, 204);
    })
    .delete('/joined-meetings/:id', inPath, async (context) => {
      await joined.leave(context.req.valid('param').id);
      return context.body(null, 204);
    });
}
