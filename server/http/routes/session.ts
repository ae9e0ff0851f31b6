import { Hono } from 'hono';
import { AppError } from '#shared/api/errorCodes.ts';
import { changePersonSchema, launchRequestSchema } from '#shared/api/session.ts';
import { requirePerson } from '../../access.ts';
import { createWelcomeCarnet } from '../../operations/createWelcomeCarnet.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentSession } from '../presentSession.ts';
import { validate } from '../validate.ts';

/** Who is signed in, and how the person of a computer becomes it. */
export function sessionRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/session', (context) =>
      context.json({
        ...presentSession(relay, context),
        ...relay.sessions.takeUntold(context.var.session?.id),
      }),
    )
    .post('/session/launch', validate('json', launchRequestSchema), async (context) => {
      const { secret, language } = context.req.valid('json');
      if (!relay.launchSecret.matches(secret))
        throw new AppError('launch_invalid', 'not the secret of this launch');
      const person = await relay.catalogue.persons.firstOfKind('local');
      if (person === null) throw new AppError('launch_invalid', 'this relay has no local person');
      await createWelcomeCarnet(relay, person.id, language);
      // A tab that was signed in already keeps its session.
      if (context.var.caller?.id !== person.id) await relay.sessions.start(context, person);
      return context.json(presentSession(relay, context));
    })
    .patch('/session/person', validate('json', changePersonSchema), async (context) => {
      const person = requirePerson(context.var.caller);
      const { name, colour } = context.req.valid('json');
      await relay.catalogue.persons.change(person.id, {
        ...(name === undefined ? {} : { name }),
        ...(colour === undefined ? {} : { colour }),
      });
      relay.events.emit({ type: 'lists' });
      await relay.sessions.read(context, context.req.raw.headers);
      return context.json(presentSession(relay, context));
    })
    .delete('/session', async (context) => {
      await relay.sessions.end(context);
      return context.body(null, 204);
    });
}
