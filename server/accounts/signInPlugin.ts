import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

// Better-auth's types have an e-mail for everybody; its code passes over one that is not there, and our table takes it.
const noEmail = undefined as unknown as string;

const source = { method: 'calepin' };
const personSchema = z.object({ id: z.string(), name: z.string() });

/**
 * What the relay adds to better-auth, for its own code alone (these have no path): sessions of people who have no account, and an account under the id of a person that is
 * known already. Sessions, their cookie and the hash of a password are better-auth's.
 */
export const signInPlugin = {
  id: 'calepin',
  endpoints: {
    /** Signs a person in on the browser whose headers are given. */
    startSession: createAuthEndpoint({ method: 'POST', body: personSchema }, async (ctx) => {
      const { internalAdapter } = ctx.context;
      const { id, name } = ctx.body;
      const user =
        (await internalAdapter.findUserById(id)) ??
        (await internalAdapter.createUser({ id, name, email: noEmail, emailVerified: false }, source));
      const session = await internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user });
      return { session: session.id };
    }),
    /** Gives a person who signs in without one an e-mail and a password. @throws APIError `EMAIL_TAKEN`, `HAS_ACCOUNT`. */
    addPassword: createAuthEndpoint(
      { method: 'POST', body: personSchema.extend({ email: z.email(), password: z.string() }) },
      async (ctx) => {
        const { internalAdapter, password } = ctx.context;
        const { id, name } = ctx.body;
        const email = ctx.body.email.toLowerCase();
        if ((await internalAdapter.findUserByEmail(email)) !== null)
          throw new APIError('CONFLICT', { code: 'EMAIL_TAKEN' });
        const hash = await password.hash(ctx.body.password);
        const known = await internalAdapter.findUserById(id);
        if (known === null)
          await internalAdapter.createUser({ id, name, email, emailVerified: false }, source);
        else if (known.email) throw new APIError('CONFLICT', { code: 'HAS_ACCOUNT' });
        else await internalAdapter.updateUser(id, { name, email, emailVerified: false });
        await internalAdapter.linkAccount({
          userId: id,
          providerId: 'credential',
          accountId: id,
          password: hash,
        });
        return { id };
      },
    ),
  },
} satisfies BetterAuthPlugin;
