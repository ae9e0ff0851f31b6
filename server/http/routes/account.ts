import { Hono } from 'hono';
import {
  beginOrganisationSchema,
  changeAddressSchema,
  changePasswordSchema,
  createAccountSchema,
  newPasswordSchema,
  recoverySchema,
  signInSchema,
  verificationSchema,
  verifySchema,
} from '#shared/api/account.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { countAttempt, forgetAttempts } from '../../accounts/attempts.ts';
import { callbackPath } from '../../accounts/OpenIdProvider.ts';
import { Turnstile } from '../../accounts/Turnstile.ts';
import { createAccount } from '../../operations/createAccount.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentSession } from '../presentSession.ts';
import { validate } from '../validate.ts';
import { confirmPerson } from './confirmPerson.ts';
import { leavingRoutes } from './leaving.ts';
import { passkeyRoutes } from './passkeys.ts';
import { guestOf, recordSignIn, welcome } from './welcome.ts';

/** Hashing a password takes 50 ms and 16 MiB: two at a time leave a processor to the others. */
const hashesAtOnce = 2;
const maxWaiting = 64;

/** Accounts of a community relay: making one, signing in, finding the way back. */
export function accountRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { accounts, sessions } = relay;
  const hashing = new Turnstile(hashesAtOnce, maxWaiting);
  const community = new Hono<HttpEnvironment>()
    .use('/account/*', async (_context, next) => {
      if (relay.mode !== 'community') throw new AppError('not_found_route', 'no accounts here');
      await next();
    })
    .post('/account', validate('json', createAccountSchema), async (context) => {
      const { language, ...input } = context.req.valid('json');
      const made = await hashing.pass(() => createAccount(relay, accounts, context.var.caller, input));
      const headers = await sessions.start(context, made);
      await accounts.requestVerification(headers, input.email, language);
      return context.json(presentSession(relay, context), 201);
    })
    .post('/account/sign-in', validate('json', signInSchema), async (context) => {
      const { email, password, join } = context.req.valid('json');
      const guest = guestOf(context.var.caller, join);
      await countAttempt(relay, 'signIn', email);
      try {
        await hashing.pass(() => sessions.signIn(context, email, password));
      } catch (error) {
        if (error instanceof AppError && error.code === 'sign_in_failed')
          await record(relay, 'account.refused');
        throw error;
      }
      await forgetAttempts(relay, 'signIn', email);
      return context.json(await welcome(relay, context, { guest }));
    })
    .post('/account/recovery', validate('json', recoverySchema), async (context) => {
      const { email, language } = context.req.valid('json');
      await countAttempt(relay, 'recovery', email);
      await accounts.requestRecovery(email, language);
      await record(relay, 'account.recovery_asked');
      return context.body(null, 204);
    })
    .post('/account/new-password', validate('json', newPasswordSchema), async (context) => {
      const { token, password } = context.req.valid('json');
      await hashing.pass(() => accounts.recover(token, password));
      return context.body(null, 204);
    })
    .post('/account/password', validate('json', changePasswordSchema), async (context) => {
      const { session } = context.var;
      const { id } = requirePerson(context.var.caller);
      if (session?.account == null) throw notAllowed();
      const { password, newPassword } = context.req.valid('json');
      await confirmPerson(relay, context, password, (work) => hashing.pass(work));
      await hashing.pass(() => accounts.credentials.set(id, newPassword));
      for (const other of await accounts.sessions(id))
        if (other.id !== session.id) await accounts.endOneSession(id, other.id);
      await record(relay, 'account.password_changed', { by: id });
      return context.body(null, 204);
    })
    .post('/account/address', validate('json', changeAddressSchema), async (context) => {
      const { session } = context.var;
      const { id } = requirePerson(context.var.caller);
      if (session?.account == null) throw notAllowed();
      const { email, password, language } = context.req.valid('json');
      await confirmPerson(relay, context, password, (work) => hashing.pass(work));
      await countAttempt(relay, 'verification', id);
      await accounts.credentials.requestNewAddress(id, email, language);
      return context.body(null, 204);
    })
    .post('/account/verification', validate('json', verificationSchema), async (context) => {
      const { caller, session } = context.var;
      if (caller === null || session?.account == null) throw notAllowed();
      await countAttempt(relay, 'verification', caller.id);
      const { language } = context.req.valid('json');
      if (!session.account.verified)
        await accounts.requestVerification(context.req.raw.headers, session.account.email, language);
      return context.body(null, 204);
    })
    .post('/account/verify', validate('json', verifySchema), async (context) => {
      const { caller, session } = context.var;
      if (caller === null || session === null) throw new AppError('not_signed_in', 'the address of nobody');
      const { token, language } = context.req.valid('json');
      const isNew = await accounts.credentials.takeNewAddress(caller.id, token, language);
      if (!isNew) await accounts.verify(session.account, token);
      await record(relay, isNew ? 'account.email_changed' : 'account.email_verified', { by: caller.id });
      await sessions.read(context, context.req.raw.headers);
      return context.json(presentSession(relay, context));
    });
  community
    .post('/account/organisation', validate('json', beginOrganisationSchema), async (context) => {
      if (accounts.organisation === null) throw new AppError('not_found_route', 'no provider');
      const guest = guestOf(context.var.caller, context.req.valid('json').join);
      const { value: url, cookies } = await accounts.beginAtOrganisation(guest);
      sessions.setCookies(context, cookies);
      return context.json({ url });
    })
    .get(callbackPath.slice('/api'.length), async (context) => {
      if (accounts.organisation === null) throw new AppError('not_found_route', 'no provider');
      const { location, cookies, guest } = await accounts.comeBack(context.req.raw);
      sessions.setCookies(context, cookies);
      const cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ');
      const { value } = await accounts.sessionOf(new Headers({ cookie }));
      // The browser goes on to a page: that tells them.
      if (value !== null)
        sessions.tellLater(value.session, await recordSignIn(relay, value.person, { guest }));
      return context.redirect(location);
    });
  community.route('/', passkeyRoutes(relay));
  community.route(
    '/',
    leavingRoutes(relay, (work) => hashing.pass(work)),
  );
  return community;
}
