import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import type { OpenIdProvider } from '#server/accounts/OpenIdProvider.ts';
import { freePort } from './freePort.ts';

/** What an organisation says of somebody, by the name that they sign in with there. */
export type Claims = Readonly<Record<string, { email: string; email_verified: boolean; name?: string }>>;

/**
 * A real OpenID provider on loopback, which takes any password.
 * @param home - the relay that people are sent back to.
 */
export async function newOpenIdProvider(
  home: string,
  people: Claims,
): Promise<{ readonly settings: OpenIdProvider; close(): Promise<void> }> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const client = { client_id: 'calepin', client_secret: 'a secret of the tests' };
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [`${home}/api/auth/callback/organisation`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people[id] }),
    }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ['tests'] },
  });
  const server = createServer(provider.callback()).listen(Number(new URL(issuer).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    settings: {
      issuer,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      name: 'La Fédération',
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
