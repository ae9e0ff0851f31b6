import { Hono } from 'hono';
import { z } from 'zod';
import { documentIdSchema, relayIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  followSchema,
  homeSignInSchema,
  keepDocumentSchema,
  placeDocumentSchema,
  renameHomeSchema,
} from '#shared/api/homes.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { showAnswer } from '../homeProxy.ts';
import { presentHome } from '../presentHomes.ts';
import { validate } from '../validate.ts';

/** What of a relay is shown as it is there: lists and pages. */
const readable = /^\/(notes|carnets|bases|communities|people)(\/[\w-]{22})?$/;

/** The community relays that the person of this computer follows. */
export function homeRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { follower, mirror, homeAnswers } = relay;
  const routes = new Hono<HttpEnvironment>();
  // A community relay follows no other.
  if (follower === null || homeAnswers === null) return routes;
  const inPath = validate('param', z.object({ home: relayIdSchema }));
  const documentInPath = validate('param', z.object({ home: relayIdSchema, document: documentIdSchema }));
  const keeper = () => {
    if (mirror === null) throw new AppError('not_found_route', 'no copies are kept here');
    return mirror;
  };
  const present = (id: string) => {
    const home = presentHome({ follower, mirror }, id);
    if (home === null) throw notAllowed();
    return home;
  };
  return routes
    .use('/documents/*', async (context, next) => {
      requirePerson(context.var.caller);
      await next();
    })
    .use('/homes/*', async (context, next) => {
      requirePerson(context.var.caller);
      await next();
    })
    .get('/homes', (context) =>
      context.json({ homes: follower.list().map(({ id }) => present(id)), keepsCopies: mirror !== null }),
    )
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
    .get('/homes/:home/at/*', inPath, async (context) => {
      const { home } = context.req.valid('param');
      present(home);
      const asked = new URL(context.req.url);
      const path = asked.pathname.slice(`/api/homes/${home}/at`.length);
      if (!readable.test(path)) throw new AppError('not_found_route', 'not to be asked of a home');
      return showAnswer(context, await homeAnswers.read(home, `/api${path}${asked.search}`));
    })
    .get('/homes/:home/documents', inPath, (context) => {
      const { home } = context.req.valid('param');
      present(home);
      return context.json({ documents: mirror?.states(home) ?? [] });
    })
    .put(
      '/homes/:home/documents/:document',
      documentInPath,
      validate('json', keepDocumentSchema),
      async (context) => {
        const { home, document } = context.req.valid('param');
        const { kind, reason } = context.req.valid('json');
        return context.json(await keeper().keep(document, kind, home, reason));
      },
    )
    .delete('/homes/:home/documents/:document', documentInPath, async (context) => {
      const { home, document } = context.req.valid('param');
      if (keeper().state(document)?.relay !== home) throw notAllowed();
      await keeper().drop(document);
      return context.body(null, 204);
    })
    .delete('/homes/:home/documents/:document/pin', documentInPath, async (context) => {
      const { home, document } = context.req.valid('param');
      if (keeper().state(document)?.relay !== home) throw notAllowed();
      await keeper().unpin(document);
      return context.json(keeper().state(document));
    })
    .post('/homes/:home/place', inPath, validate('json', placeDocumentSchema), async (context) =>
      context.json(await keeper().place(context.req.valid('json').document, context.req.valid('param').home)),
    )
    .get(
      '/documents/:document/home',
      validate('param', z.object({ document: documentIdSchema })),
      (context) => context.json({ state: mirror?.state(context.req.valid('param').document) ?? null }),
    )
    .delete('/homes/:home', inPath, async (context) => {
      const { home } = context.req.valid('param');
      // While it can still be asked what it has: what it lacks is kept apart.
      await mirror?.dropAll(home);
      await follower.unfollow(home);
      await relay.catalogue.homeAnswers.forget(home, '');
      return context.body(null, 204);
    });
}
