import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { joinMeetingSchema, type JoinedMeeting, type MeetingContent } from '#shared/api/meeting.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { notAllowed } from '../access.ts';
import type { HttpEnvironment } from '../http/environment.ts';
import { answerErrors } from '../http/errors.ts';
import { validate } from '../http/validate.ts';
import type { MeetingContext } from './MeetingContext.ts';

/** What a guest may ask of the relay's own routes: what keeps a copy of the meeting's documents equal, and nothing else. The policy decides about each. */
const guestRoutes: readonly (readonly [string, RegExp])[] = [
  ['GET', /^\/api\/session$/],
  ['GET', /^\/api\/events$/],
  ['POST', /^\/api\/tickets(\/mirror)?$/],
  ['GET', /^\/api\/notes\/[\w-]{22}(\/content)?$/],
  ['GET', /^\/api\/carnets\/[\w-]{22}$/],
  ['POST', /^\/api\/carnets\/[\w-]{22}\/entries$/],
  ['GET', /^\/api\/attachments\/[\w-]{22}$/],
  ['POST', /^\/api\/attachments$/],
];

/** The meeting, as its listener needs it. */
export interface MeetingFace {
  join(asked: ReturnType<typeof joinMeetingSchema.parse>, address: string): Promise<JoinedMeeting>;
  leave(person: PersonId): Promise<void>;
  isGuest(person: PersonId): boolean;
  content(person: PersonId): Promise<MeetingContent>;
}

const maxJoinBytes = 4_096;

/**
 * What is served on the local network: joining by the code, and for who joined a short list of the relay's routes. No cookie is read, so that no session of the computer's person is one here; no page
 * of a browser is served but one that says where to go.
 * @param inner - the relay's routes.
 */
export function meetingApp(
  relay: Pick<MeetingContext, 'accounts' | 'logger'>,
  inner: { fetch(request: Request, bindings?: HttpEnvironment['Bindings']): Response | Promise<Response> },
  meeting: MeetingFace,
): Hono<HttpEnvironment> {
  const app = new Hono<HttpEnvironment>();
  answerErrors(app, relay.logger);
  app.use(async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Content-Security-Policy', "default-src 'none'");
    context.header('Cache-Control', 'no-store');
    // Only applications ask here; a page of another site that found the address does not.
    if (context.req.header('origin') !== undefined) throw notAllowed();
    await next();
  });
  const guestOf = async (authorization: string | undefined): Promise<PersonId> => {
    const headers = new Headers(authorization === undefined ? {} : { authorization });
    const { value } = await relay.accounts.sessionOf(headers);
    if (value === null || !meeting.isGuest(value.person) || relay.accounts.hasEnded(value.session))
      throw new AppError('not_signed_in', 'no guest of this meeting');
    return value.person;
  };
  app.get('/', (context) => context.text(welcome));
  app.post(
    '/meeting/join',
    bodyLimit({
      maxSize: maxJoinBytes,
      onError: () => {
        throw new AppError('too_large', 'the request is larger than allowed');
      },
    }),
    validate('json', joinMeetingSchema),
    async (context) => {
      const address = context.env.incoming?.socket.remoteAddress ?? '';
      return context.json(await meeting.join(context.req.valid('json'), address), 201);
    },
  );
  app.get('/meeting', async (context) =>
    context.json(await meeting.content(await guestOf(context.req.header('authorization')))),
  );
  app.delete('/meeting/session', async (context) => {
    await meeting.leave(await guestOf(context.req.header('authorization')));
    return context.body(null, 204);
  });
  app.all('/api/*', async (context) => {
    const { method, path } = context.req;
    const authorization = context.req.header('authorization');
    await guestOf(authorization);
    if (!guestRoutes.some(([allowed, where]) => method === allowed && where.test(path))) throw notAllowed();
    const headers = new Headers(context.req.raw.headers);
    headers.delete('cookie');
    const { body } = context.req.raw;
    const more = body === null ? {} : { body, duplex: 'half' as const };
    return inner.fetch(new Request(context.req.url, { method, headers, ...more }), context.env);
  });
  return app;
}

/** What a browser shows that somebody opened the address with. */
const welcome = `Cette adresse sert aux ordinateurs qui ont Calepin. Dans Calepin, choisissez « Rejoindre une rencontre » et tapez le code que l’hôte vous montre. Ne tapez jamais ce code dans une page comme celle-ci.

This address is for computers that have Calepin. In Calepin, choose “Join a meeting” and type the code that your host shows you. Never type that code in a page like this one.
`;
