import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { freePort } from '../../support/freePort.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { openBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: Community;
let origin: string;
test.beforeEach(async () => {
  // A passkey is bound to a name; an address in digits has none.
  const port = await freePort();
  origin = `http://localhost:${port}`;
  relay = await newCommunity({ storage: 'sqlite', port, publicUrl: origin });
});
test.afterEach(async () => {
  await relay.close();
});

/** Gives the page an authenticator that is in the device, like a fingerprint reader. */
async function addAuthenticator(page: Page, isUserVerified = true) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: (verified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: verified }),
    forget: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
  };
}

async function asAda(context: BrowserContext): Promise<void> {
  const ada = await relay.administrator();
  const [name = '', value = ''] = ada.cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
}

const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();
};
const signIn = (page: Page) =>
  page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();

test('a passkey is added, signs in without e-mail nor password, and serves no more once taken off', async ({
  browser,
}) => {
  const { page, context, errors } = await openBrowser(browser, 'about:blank');
  await asAda(context);
  const authenticator = await addAuthenticator(page);
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(page.getByText('La clé d’accès est ajoutée.')).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Retirer la clé d’accès « Chrome sur Linux »/ }),
  ).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  await signOut(page);
  await signIn(page);
  const toSettings = () => page.getByRole('link', { name: /^Réglages/ }).click();
  await toSettings();
  await expect(page.getByText('ada@exemple.org')).toBeVisible();
  expect(errors).toEqual([]);

  // Found by somebody who is not its person: no finger, no code.
  await signOut(page);
  await authenticator.verify(false);
  await signIn(page);
  await expect(page.getByRole('alert')).toContainText('La demande a été fermée');
  await authenticator.verify(true);
  await signIn(page);
  await toSettings();
  await page.getByRole('button', { name: /^Retirer la clé d’accès/ }).click();
  await expect(page.getByText('La clé d’accès est retirée')).toBeVisible();
  await signOut(page);
  await signIn(page);
  await expect(page.getByRole('alert')).toContainText('n’a pas été reconnue');
  const acts = (await relay.relay.operations.catalogue.register.page({}, null, 20)).map(({ act }) => act);
  expect(acts).toEqual(expect.arrayContaining(['account.passkey_added', 'account.passkey_removed']));
  await context.close();
});

test('the relay itself refuses an answer without verification, a stale one and one of nobody', async ({
  browser,
}) => {
  const { page, context } = await openBrowser(browser, 'about:blank');
  await asAda(context);
  await addAuthenticator(page);
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(page.getByText('La clé d’accès est ajoutée.')).toBeVisible();
  await signOut(page);
  const outcomes = await page.evaluate(async () => {
    const post = async (path: string, body: unknown = {}): Promise<[number, unknown]> => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.json()];
    };
    const answerTo = async (verification: UserVerificationRequirement): Promise<unknown> => {
      const [, asked] = await post('/api/account/passkey-sign-in/options');
      const { options } = asked as { options: PublicKeyCredentialRequestOptionsJSON };
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const found = await navigator.credentials.get({
        publicKey: { ...publicKey, userVerification: verification },
      });
      return (found as PublicKeyCredential).toJSON();
    };
    const send = async (response: unknown) => {
      const [status, body] = await post('/api/account/passkey-sign-in', { response });
      return [status, (body as { error?: { code: string } }).error?.code ?? 'signed in'];
    };
    const unverified = await answerTo('discouraged');
    const first = await send(unverified);
    const answer = (await answerTo('required')) as { id: string };
    const unknown = await send({ ...answer, id: 'AAAA', rawId: 'AAAA' });
    const replayed = await send(answer);
    return { first, unknown, replayed, empty: await send({}) };
  });
  expect(outcomes).toEqual({
    first: [400, 'passkey_failed'],
    unknown: [400, 'passkey_failed'],
    // The challenge was used up by the one before.
    replayed: [400, 'passkey_failed'],
    empty: [400, 'invalid_request'],
  });
  await context.close();
});
