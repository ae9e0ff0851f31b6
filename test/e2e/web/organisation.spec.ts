import { type Browser, expect, type Page, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { freePort } from '../../support/freePort.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { newOpenIdProvider } from '../../support/newOpenIdProvider.ts';
import { openBrowser } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: Community;
let origin: string;
let provider: Awaited<ReturnType<typeof newOpenIdProvider>>;
test.beforeEach(async () => {
  const port = await freePort();
  // Another host than the provider's: people come back from another site.
  origin = `http://localhost:${port}`;
  provider = await newOpenIdProvider(origin, {
    grace: { email: 'grace@exemple.org', email_verified: true, name: 'Grace Hopper' },
    ada: { email: 'ada@exemple.org', email_verified: true, name: 'Ada L.' },
    eve: { email: 'ada@exemple.org', email_verified: false, name: 'Eve' },
  });
  relay = await newCommunity({ storage: 'sqlite', port, publicUrl: origin, organisation: provider.settings });
});
test.afterEach(async () => {
  await relay.close();
  await provider.close();
});

/** Goes to the organisation, signs in there and agrees; comes back to the relay. */
async function comeFromOrganisation(browser: Browser, login: string): Promise<Page> {
  const { page } = await openBrowser(browser, origin);
  await passOrganisation(page, login, 'Se connecter avec La Fédération');
  return page;
}

async function passOrganisation(page: Page, login: string, act: string): Promise<void> {
  // The provider's page for tests asks for a font from elsewhere.
  await page.context().route(/googleapis/, (route) => route.abort());
  await page.getByRole('button', { name: act }).click();
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin === origin);
}

const sessionOf = (page: Page): Promise<Session> =>
  page.evaluate(async () => (await (await fetch('/api/session')).json()) as Session);
const persons = () => relay.relay.operations.catalogue.persons;

test('somebody of the organisation comes in as a member, and comes back as the same person', async ({
  browser,
}) => {
  const page = await comeFromOrganisation(browser, 'grace');
  await expect(page.getByRole('heading', { name: 'Écrivez votre première note' })).toBeVisible();
  const { person, account } = await sessionOf(page);
  expect(person).toMatchObject({ kind: 'account', role: 'member', name: 'Grace Hopper' });
  expect(account).toEqual({ email: 'grace@exemple.org', verified: true });
  expect((await persons().get(person!.id))?.name).toBe('Grace Hopper');

  const again = await comeFromOrganisation(browser, 'grace');
  expect((await sessionOf(again)).person?.id).toBe(person?.id);
  const acts = (await relay.relay.operations.catalogue.register.page({}, null, 10)).map(({ act }) => act);
  expect(acts).toEqual(['account.signed_in', 'account.signed_in', 'account.created']);
});

test('an account is joined to the organisation’s only when the address is confirmed on both sides', async ({
  browser,
}) => {
  const ada = await relay.administrator();
  for (const login of ['ada', 'eve']) {
    const page = await comeFromOrganisation(browser, login);
    await expect(page.getByRole('alert')).toContainText('Cette adresse a déjà un compte ici');
    expect((await sessionOf(page)).person).toBeNull();
  }
  await ada.json('POST', '/api/account/verify', { token: relay.letters[0]?.secret });
  // Confirmed here, not there.
  const eve = await comeFromOrganisation(browser, 'eve');
  expect((await sessionOf(eve)).person).toBeNull();
  const page = await comeFromOrganisation(browser, 'ada');
  await expect(page.getByRole('heading', { name: 'Écrivez votre première note' })).toBeVisible();
  expect((await sessionOf(page)).person).toEqual(ada.session.person);
});

test('a guest who comes back from the organisation’s page to the account that they have is told that both are one', async ({
  browser,
}) => {
  await comeFromOrganisation(browser, 'grace');
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'À deux' });
  const link = { subject: 'note', subjectId: note.id, role: 'author' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', link);
  const words = {
    'fr-CA': [
      'Se connecter avec La Fédération',
      'Ce que vous avez écrit comme invité·e est réuni à votre compte.',
    ],
    'en-CA': ['Sign in with La Fédération', 'What you wrote as a guest is now in your account.'],
  } as const;
  for (const [locale, [act, told]] of Object.entries(words)) {
    const { page } = await openBrowser(browser, url, { locale });
    await page.getByRole('textbox').fill('Grace en visite');
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(/\/notes\//);
    await page.goto(`${origin}/sign-in`);
    await passOrganisation(page, 'grace', act);
    await expect(page.getByText(told)).toBeVisible();
    await takePicture(page, `joined-by-organisation-${locale}`);
    await page.reload();
    await expect(page.getByRole('link', { name: /^À deux/ }).first()).toBeVisible();
    await expect(page.getByText(told)).toBeHidden();
  }
});

test('an answer that nobody here asked for signs nobody in', async ({ browser }) => {
  const { page } = await openBrowser(browser, `${origin}/api/auth/callback/organisation?code=abc&state=def`);
  await expect(page.getByRole('alert')).toContainText('n’a pas abouti');
  expect((await sessionOf(page)).person).toBeNull();
});
