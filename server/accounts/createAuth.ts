import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Logger } from 'pino';
import { passwordLengths } from '#shared/api/account.ts';
import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins';
import { authModels, type AuthTables } from './authTables.ts';
import type { MailLetter } from './letters.ts';
import { type OpenIdProvider, organisationId } from './OpenIdProvider.ts';
import { signInPlugin } from './signInPlugin.ts';

const hourSeconds = 60 * 60;
/** A session that is not used for so long ends. */
const sessionSeconds = 180 * 24 * hourSeconds;

/** The name of the cookie that holds the challenge to a passkey, beside the session's. */
export const challengeCookie = (cookie: string): string => `${cookie}-passkey`;

/** The name of the cookie of a sign-in that is at the organisation's provider. */
export const stateCookie = (cookie: string): string => `${cookie}-state`;

/** What sign-in is made of. */
export interface AuthOptions {
  readonly tables: AuthTables;
  readonly secret: string;
  /** Where people reach the relay, without a slash at its end. */
  readonly publicUrl: string;
  /** The name of the session's cookie. */
  readonly cookie: string;
  /** Whether people reach the relay by https: the cookie is then bound to it. */
  readonly https: boolean;
  readonly logger: Logger;
  /** Hands a letter over; it must not throw. */
  send(to: string, letter: MailLetter): Promise<void>;
  /** A password was chosen anew by a letter. */
  onRecovered(user: string): Promise<void>;
  /** The organisation's provider; null: none. */
  readonly organisation: OpenIdProvider | null;
  /** Makes a person of somebody whom the provider sent for the first time. @returns their id. */
  onNewcomer(name: string): Promise<string>;
  /** A session has ended, whichever way. */
  onSessionEnded(id: string): void;
  /** What goes on after the answer was given. */
  inBackground(work: Promise<unknown>): void;
}

/** Better-auth as this relay uses it: sessions of everybody, accounts by e-mail and password. Only our own code calls it; it has no address of its own. */
export function createAuth(options: AuthOptions) {
  const { https, cookie, logger, publicUrl } = options;
  return betterAuth({
    appName: 'Calepin',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: options.tables,
    user: { modelName: authModels.user },
    // Tokens of the organisation's provider serve nothing here after the sign-in: what is kept of them is sealed.
    account: { modelName: authModels.account, encryptOAuthTokens: true },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    verification: { modelName: authModels.verification },
    session: {
      modelName: authModels.session,
      expiresIn: sessionSeconds,
      updateAge: hourSeconds,
    },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by invitation, through `addPassword`.
      disableSignUp: true,
      minPasswordLength: passwordLengths.min,
      maxPasswordLength: passwordLengths.max,
      resetPasswordTokenExpiresIn: hourSeconds,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => options.onRecovered(user.id),
      async sendResetPassword({ user, token }) {
        // Whoever mistyped their address would give their account to its owner.
        if (!user.emailVerified) return;
        await options.send(user.email, { kind: 'recovery', url: `${publicUrl}/new-password#${token}` });
      },
    },
    emailVerification: {
      expiresIn: 24 * hourSeconds,
      async sendVerificationEmail({ user, token }) {
        await options.send(user.email, { kind: 'verification', url: `${publicUrl}/verify#${token}` });
      },
    },
    databaseHooks: {
      user: {
        create: {
          // People whom the relay knows come with their id; whoever else comes from the provider is new.
          before: async (user) => {
            if (typeof user.id === 'string') return;
            return { data: { ...user, id: await options.onNewcomer(user.name) } };
          },
        },
      },
      session: {
        delete: {
          after: async ({ id }) => {
            options.onSessionEnded(id);
          },
        },
      },
    },
    advanced: {
      useSecureCookies: false,
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { secure: https },
      cookies: {
        session_token: { name: cookie, attributes: { sameSite: 'strict', secure: https } },
        // Whoever comes back from the provider comes from another site.
        state: { name: stateCookie(cookie), attributes: { sameSite: 'lax', secure: https } },
        passkey: { name: challengeCookie(cookie), attributes: { sameSite: 'strict', secure: https } },
      },
      backgroundTasks: { handler: (work) => options.inBackground(work) },
    },
    // Attempts are counted for each account and not for each address: an organisation shares one.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      // Its messages are fixed sentences; what comes with them may name people.
      log: (level, message) => {
        if (level === 'error') logger.error({ part: 'accounts' }, message);
      },
    },
    plugins: [
      signInPlugin,
      genericOAuth({ config: options.organisation === null ? [] : [providerOf(options.organisation)] }),
      passkey({
        rpName: 'Calepin',
        origin: publicUrl,
        schema: { passkey: { modelName: authModels.passkey } },
        // It is alone: whoever found the key must not be its person.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { code: 'AUTHENTICATION_FAILED' });
          },
        },
        advanced: { webAuthnChallengeCookie: 'passkey' },
      }),
    ],
  });
}

function providerOf({ issuer, clientId, clientSecret, name }: OpenIdProvider): GenericOAuthConfig {
  return {
    providerId: organisationId,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    requireIdTokenVerification: true,
    mapProfileToUser: (profile) => ({ name: nameOf(profile) }),
  };
}

/** What somebody is called by their organisation, in the length that a name has here. */
function nameOf({ name, preferred_username: username, email }: Record<string, unknown>): string {
  const address = typeof email === 'string' ? email.split('@')[0] : undefined;
  const said = [name, username, address].flatMap((one) => (typeof one === 'string' ? one.trim() : []));
  return (said.find((one) => one !== '') ?? '?').slice(0, 80);
}

export type Auth = ReturnType<typeof createAuth>;
