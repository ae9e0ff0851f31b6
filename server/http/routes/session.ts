import { Hono } from 'hono';
import { maxAttachmentBytes } from '#shared/api/attachments.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { type Session, changePersonSchema, launchRequestSchema } from '#shared/api/session.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { requirePerson } from '../../access.ts';
import { createWelcomeCarnet } from '../../operations/createWelcomeCarnet.ts';
import type { Caller } from '../../Caller.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPerson } from '../presentNotes.ts';
import { validate } from '../validate.ts';

/** Who is signed in, and how one becomes it. */
export function sessionRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const present = (person: Caller): Session => ({
    person,
    relay: {
      kind: relay.mode,
      pdf: relay.exports.available,
      version: relay.version,
      schemaVersion,
      maxAttachmentBytes,
    },
  });
  return new Hono<HttpEnvironment>()
    .get('/session', (context) => context.json(present(context.var.caller)))
    .post('/session/launch', validate('json', launchRequestSchema), async (context) => {
      const { secret, language } = context.req.valid('json');
      if (!relay.launchSecret.matches(secret))
        throw new AppError('launch_invalid', 'not the secret of this launch');
      const person = await relay.catalogue.persons.firstOfKind('local');
      if (person === null) throw new AppError('launch_invalid', 'this relay has no local person');
      await createWelcomeCarnet(relay, person.id, language);
      // A tab that was signed in already keeps its session.
      if (context.var.caller?.id !== person.id) await relay.sessions.start(context, person.id);
      return context.json(present(presentPerson(person)));
    })
    .patch('/session/person', validate('json', changePersonSchema), async (context) => {
      const person = requirePerson(context.var.caller);
      const { name, colour } = context.req.valid('json');
      await relay.catalogue.persons.change(person.id, {
        ...(name === undefined ? {} : { name }),
        ...(colour === undefined ? {} : { colour }),
      });
      relay.events.emit({ type: 'lists' });
      const changed = await relay.catalogue.persons.get(person.id);
      return context.json(present(changed === null ? null : presentPerson(changed)));
    })
    .delete('/session', async (context) => {
      await relay.sessions.end(context);
      return context.body(null, 204);
    });
}
