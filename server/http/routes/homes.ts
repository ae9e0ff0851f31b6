import { Hono } from 'hono';
import { z } from 'zod';
import { followSchema, homeSignInSchema, relayIdSchema, renameHomeSchema } from '#shared/api/homes.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentHome } from '../presentHomes.ts';
import { validate } from '../validate.ts';

/** The community relays that the person of this computer follows. */
export function homeRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { follower, mirror } = relay;
  const routes = new Hono<HttpEnvironment>();
  // A community relay follows no other.
  if (follower === null) return routes;
  const inPath = validate('param', z.object({ home: relayIdSchema }));
  const present = (id: string) => {
    const home = presentHome({ follower, mirror }, id);
    if (home === null) throw notAllowed();
    return home;
  };
  return routes
    .use('/homes/*', async (context, next) => {
      requirePerson(context.var.caller);
      await next();
    })
    .get('/homes', (context) => context.json({ homes: follower.list().map(({ id }) => present(id)) }))
    .post('/homes', validate('json', followSchema), async (context) => {
      const { id } = await follower.follow(context.req.valid('json'));
      return context.json(present(id), 201);
    })
    .post('/homes/:home/session', inPath, validate('json', homeSignInSchema), async (context) => {
      const { home } = context.req.valid('param');
      const { email, password } = context.req.valid('json');
      await follower.signIn(home, email, password);
      return context.json(present(home));
    })
    .patch('/homes/:home', inPath, validate('json', renameHomeSchema), async (context) => {
      const { home } = context.req.valid('param');
      await follower.rename(home, context.req.valid('json').name);
      return context.json(present(home));
    })
    .post('/homes/:home/retry', inPath, (context) => {
      const { home } = context.req.valid('param');
      follower.retry(home);
      mirror?.retry(home);
      return context.json(present(home));
    })
    .delete('/homes/:home', inPath, async (context) => {
      const { home } = context.req.valid('param');
      // While it can still be asked what it has: what it lacks is kept apart.
      for (const { document } of mirror?.states(home) ?? []) await mirror?.drop(document);
      await follower.unfollow(home);
      return context.body(null, 204);
    });
}
