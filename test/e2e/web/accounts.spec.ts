import { expect, type Page, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { openAs, openBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: Community;
test.beforeEach(async () => {
  relay = await newCommunity();
});
test.afterEach(async () => {
  await relay.close();
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

test('the first person makes an account by the keyboard alone, confirms the address, and comes back from another browser', async ({
  browser,
}) => {
  const first = await openBrowser(browser, relay.link);
  const { page } = first;
  await expect(page.getByRole('heading', { name: 'Vous allez tenir ce Calepin' })).toBeVisible();
  // The secret is not left in the address.
  expect(new URL(page.url()).hash).toBe('');
  expect(await seriousFaults(page)).toEqual([]);

  await page.keyboard.press('Enter');
  await expect(page.getByText('Dites votre nom.')).toBeVisible();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada@exemple.org');
  await page.keyboard.press('Tab');
  await page.keyboard.type('court');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Choisissez au moins 10 caractères.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Écrivez votre première note' })).toBeVisible();

  await page.getByRole('link', { name: /^Réglages/ }).click();
  await expect(page.getByText('ada@exemple.org')).toBeVisible();
  await expect(page.getByText(/^Adresse à confirmer/)).toBeVisible();
  expect(relay.letters.map(({ to }) => to)).toEqual(['ada@exemple.org']);
  await page.goto(`${relay.url}/verify#${relay.letters[0]?.secret}`);
  await expect(page.getByRole('heading', { name: 'Votre adresse est confirmée' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');

  const elsewhere = await openBrowser(browser, relay.url);
  await expect(elsewhere.page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();
  expect(await seriousFaults(elsewhere.page)).toEqual([]);
  await field(elsewhere.page, 'Courriel').fill('ada@exemple.org');
  await elsewhere.page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot');
  await elsewhere.page.keyboard.press('Enter');
  await expect(elsewhere.page.getByRole('alert')).toContainText('n’est pas le bon');
  await elsewhere.page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await elsewhere.page.keyboard.press('Enter');
  await expect(
    elsewhere.page.getByRole('heading', { level: 1, name: 'Écrivez votre première note' }),
  ).toBeVisible();
  await elsewhere.page.getByRole('link', { name: /^Réglages/ }).click();
  await expect(elsewhere.page.getByText('Adresse confirmée')).toBeVisible();
  await elsewhere.page.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
  await expect(elsewhere.page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();
  // A refusal of the relay is told in the console by the browser itself.
  expect([...first.errors, ...elsewhere.errors].filter((one) => !one.includes('401'))).toEqual([]);
  await first.context.close();
  await elsewhere.context.close();
});

test('who forgot their password chooses another by the link of a letter', async ({ browser }) => {
  const ada = await relay.administrator();
  await ada.json('POST', '/api/account/verify', { token: relay.letters[0]?.secret });
  const { page, context, errors } = await openBrowser(browser, relay.url);
  await page.getByRole('link', { name: 'Mot de passe oublié' }).click();
  await field(page, 'Courriel').fill('ada@exemple.org');
  await page.getByRole('button', { name: 'Demander le lien' }).click();
  await expect(page.getByRole('heading', { name: 'Regardez vos courriels' })).toBeVisible();
  await expect.poll(() => relay.letters.length).toBe(2);
  await page.goto(`${relay.url}/new-password#${relay.letters[1]?.secret}`);
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByLabel('Nouveau mot de passe').fill('un autre mot de passe');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(page.getByRole('heading', { name: 'Votre mot de passe est changé' })).toBeVisible();
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await field(page, 'Courriel').fill('ada@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill('un autre mot de passe');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Écrivez votre première note' })).toBeVisible();
  expect(errors).toEqual([]);

  // The link served once.
  await page.goto(`${relay.url}/new-password#${relay.letters[1]?.secret}`);
  await page.getByLabel('Nouveau mot de passe').fill('encore un autre mot');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(page.getByRole('alert')).toContainText('Ce lien ne sert plus');
  await context.close();
});

test('a guest makes an account in the settings and keeps writing in the same note', async ({ browser }) => {
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'À deux', language: 'fr' });
  const body = { subject: 'note', subjectId: note.id, role: 'author' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', body);
  const guest = await openBrowser(browser, url);
  const { page } = guest;
  await field(page, 'Votre nom').fill('Grace');
  await page.getByRole('button', { name: 'Entrer' }).click();
  await expect(page.getByRole('button', { name: 'Modifier' }).first()).toBeVisible();
  await page.getByRole('link', { name: /^Réglages/ }).click();
  await page.getByRole('link', { name: 'Créer mon compte' }).click();
  await expect(field(page, 'Votre nom')).toHaveValue('Grace');
  await field(page, 'Courriel').fill('grace@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await expect(page.getByText('grace@exemple.org')).toBeVisible();
  await page.goto(`${relay.url}/notes/${note.id}`);
  await page.getByRole('button', { name: 'Modifier' }).first().click();
  await page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await page.keyboard.type('Bonjour');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  const { note: written } = await ada.json<NotePage>('GET', `/api/notes/${note.id}`);
  expect(written.authors.map(({ name, kind }) => [name, kind])).toEqual([
    ['ada', 'account'],
    ['Grace', 'account'],
  ]);
  expect(guest.errors).toEqual([]);
  await guest.context.close();
});

test('a device that was lost is signed out from another: it shows the way back in, and the text that was typed', async ({
  browser,
}) => {
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Chez moi', language: 'fr' });
  const signIn = async (page: Page): Promise<void> => {
    await field(page, 'Courriel').fill('ada@exemple.org');
    await page.getByLabel('Mot de passe', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
  };
  const lost = await openBrowser(browser, `${relay.url}/notes/${note.id}`);
  await signIn(lost.page);
  await lost.page.getByRole('button', { name: 'Modifier' }).first().click();
  await lost.page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await lost.page.keyboard.type('Écrit avant');
  await expect(lost.page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');

  const here = await openBrowser(browser, `${relay.url}/settings`);
  await signIn(here.page);
  await expect(here.page.getByText('Cet appareil', { exact: true })).toBeVisible();
  const lines = here.page.getByRole('listitem').filter({ hasText: 'Chrome' });
  await expect(lines).toHaveCount(2);
  expect(await seriousFaults(here.page)).toEqual([]);
  await here.page.getByRole('button', { name: /^Déconnecter Chrome/ }).click();
  await expect(lines).toHaveCount(1);
  await expect(lost.page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();

  // The same person comes back to where they were.
  await signIn(lost.page);
  await expect(lost.page.getByText('Écrit avant').first()).toBeVisible();
  await here.page.getByRole('button', { name: 'Se déconnecter partout' }).click();
  await expect(here.page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();
  await expect(lost.page.getByRole('heading', { name: 'Bienvenue dans Calepin' })).toBeVisible();
  await lost.context.close();
  await here.context.close();
});

test('an administrator invites a member, who makes an account and does not see the administration', async ({
  browser,
}) => {
  const ada = await relay.administrator();
  const { page, context, errors } = await openAs(browser, ada, `${relay.url}/settings`);
  await page.getByRole('link', { name: 'Administrer ce Calepin' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Administration' })).toBeVisible();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await expect(page.getByRole('button', { name: /^Retirer le lien/ })).toHaveCount(1);
  expect(await seriousFaults(page)).toEqual([]);

  const bob = await openBrowser(browser, link);
  await expect(
    bob.page.getByRole('heading', { name: 'ada vous invite à écrire dans ce Calepin' }),
  ).toBeVisible();
  await field(bob.page, 'Votre nom').fill('Bob');
  await field(bob.page, 'Courriel').fill('bob@exemple.org');
  await bob.page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await bob.page.keyboard.press('Enter');
  await bob.page.getByRole('link', { name: /^Réglages/ }).click();
  await expect(bob.page.getByText('bob@exemple.org')).toBeVisible();
  await expect(bob.page.getByRole('link', { name: 'Administrer ce Calepin' })).toHaveCount(0);
  await bob.page.goto(`${relay.url}/administration`);
  await expect(bob.page.getByText('Seules les personnes qui tiennent ce Calepin')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Aucun lien pour l’instant')).toBeVisible();

  // He is made an administrator too; the register says so.
  await page.getByRole('textbox', { name: 'Chercher une personne' }).fill('BOB@');
  await page.getByRole('combobox', { name: 'Rôle de Bob' }).selectOption('administrator');
  await expect(page.getByText('Bob a maintenant ce rôle.')).toBeVisible();
  await page.getByRole('link', { name: 'Ouvrir le registre', exact: true }).click();
  const register = page.getByRole('list', { name: 'Lignes du registre' });
  await expect(register.getByText(/ada a changé un rôle\s: Bob/)).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await bob.page.reload();
  await expect(bob.page.getByRole('heading', { level: 1, name: 'Administration' })).toBeVisible();
  expect([...errors, ...bob.errors]).toEqual([]);
  await context.close();
  await bob.context.close();
});

test('a guest who has an account signs in to it, is asked, and is one person; or would rather not be', async ({
  browser,
}) => {
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'À deux' });
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'author',
  });
  const guest = await relay.join(url, 'Ada en visite');
  const own = (await guest.json<NotePage>('POST', '/api/notes', { title: 'En visite' })).note.id;
  const { page, errors } = await openAs(browser, guest, `${relay.url}/create-account`);
  await page.getByRole('link', { name: 'J’ai déjà un compte' }).press('Enter');
  const choice = page.getByRole('checkbox', { name: 'Réunir à mon compte ce que j’ai écrit comme invité·e' });
  await expect(choice).toBeChecked();
  await expect(page.getByText('Ce que vous avez écrit comme invité·e sera réuni')).toBeVisible();
  await takePicture(page, 'join-account');
  expect(await seriousFaults(page)).toEqual([]);
  await choice.press('Space');
  await expect(page.getByText('Ce que Ada en visite a écrit restera sous ce nom')).toBeVisible();
  await takePicture(page, 'join-apart');
  await choice.press('Space');
  await field(page, 'Courriel').fill('ada@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('Ce que vous avez écrit comme invité·e est réuni à votre compte.'),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /^En visite/ }).first()).toBeVisible();
  await page.goto(`${relay.url}/notes/${own}`);
  const details = page.getByRole('complementary', { name: 'Détails' });
  await expect(details.getByRole('link', { name: 'ada (vous)' })).toBeVisible();
  expect(errors).toEqual([]);

  const other = await relay.join(url, 'Quelqu’un');
  const apart = await openAs(browser, other, `${relay.url}/sign-in`);
  await apart.page.getByRole('checkbox').uncheck();
  await field(apart.page, 'Courriel').fill('ada@exemple.org');
  await apart.page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await apart.page.keyboard.press('Enter');
  await expect(apart.page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();
  const { note: both } = await ada.json<NotePage>('GET', `/api/notes/${note.id}`);
  expect(both.authors.map(({ name }) => name)).toEqual(['ada', 'Quelqu’un']);
});

test('what a guest wrote without the network, and did not send, leaves under the account', async ({
  browser,
}) => {
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Sans réseau' });
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'author',
  });
  const guest = await relay.join(url, 'Ada en visite');
  const { page, context } = await openAs(browser, guest, `${relay.url}/notes/${note.id}`);
  const saved = (on: Page) =>
    expect(on.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Modifier' }).click();
  const text = page.getByRole('textbox', { name: 'Texte de la note' });
  await text.click();
  await page.keyboard.type('Avant. ');
  await saved(page);
  await context.setOffline(true);
  await page.keyboard.type('Écrit dans le train.');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'offline', { timeout: 30_000 });
  await page.close();
  await context.setOffline(false);

  const back = await context.newPage();
  await back.goto(`${relay.url}/sign-in`);
  await field(back, 'Courriel').fill('ada@exemple.org');
  await back.getByLabel('Mot de passe', { exact: true }).fill(password);
  await back.keyboard.press('Enter');
  await back
    .getByRole('link', { name: /^Sans réseau/ })
    .first()
    .click();
  await saved(back);
  await expect(back.getByRole('article')).toContainText('Avant. Écrit dans le train.');
  await expect
    .poll(async () => JSON.stringify(await ada.json('GET', `/api/notes/${note.id}/content`)))
    .toContain('Écrit dans le train.');
  expect((await relay.log.read(note.id, 0)).at(-1)?.person).toBe(ada.session.person?.id);
});
