import { Hono } from 'hono';
import { z } from 'zod';
import { addPasskeySchema, passkeyIdSchema, passkeySignInSchema } from '#shared/api/passkeys.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';
import { guestOf, welcome } from './welcome.ts';

/** Passkeys of accounts: adding, taking off, and signing in by one. Mounted behind the check that this relay has accounts. */
export function passkeyRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { accounts, sessions } = relay;
  return new Hono<HttpEnvironment>()
    .use('/account/passkeys/*', async (context, next) => {
      requirePerson(context.var.caller);
      // A guest makes an account first.
      if (context.var.session?.account == null) throw notAllowed();
      await next();
    })
    .get('/account/passkeys', async (context) =>
      context.json({ passkeys: await accounts.passkeys.list(context.req.raw.headers) }),
    )
    .post('/account/passkeys/options', async (context) => {
      const { value, cookies } = await accounts.passkeys.beginAdding(context.req.raw.headers);
      sessions.setCookies(context, cookies);
      return context.json({ options: value });
    })
    .post('/account/passkeys', validate('json', addPasskeySchema), async (context) => {
      const { response, name } = context.req.valid('json');
      const { headers } = context.req.raw;
      await accounts.passkeys.add(headers, response, name);
      await record(relay, 'account.passkey_added', { by: requirePerson(context.var.caller).id });
      return context.json({ passkeys: await accounts.passkeys.list(headers) }, 201);
    })
    .delete(
      '/account/passkeys/:id',
      validate('param', z.object({ id: passkeyIdSchema })),
      async (context) => {
        const { headers } = context.req.raw;
        const { id } = context.req.valid('param');
        if (!(await accounts.passkeys.list(headers)).some((one) => one.id === id)) throw notAllowed();
        await accounts.passkeys.remove(headers, id);
        await record(relay, 'account.passkey_removed', { by: requirePerson(context.var.caller).id });
        return context.body(null, 204);
      },
    )
    .post('/account/passkey-sign-in/options', async (context) => {
      const { value, cookies } = await accounts.passkeys.beginSigningIn();
      sessions.setCookies(context, cookies);
      return context.json({ options: value });
    })
    .post('/account/passkey-sign-in', validate('json', passkeySignInSchema), async (context) => {
      const { response, join } = context.req.valid('json');
      const guest = guestOf(context.var.caller, join);
      await sessions.begin(context, () => accounts.passkeys.signIn(context.req.raw.headers, response));
      return context.json(await welcome(relay, context, { way: 'passkey', guest }));
    });
}
