import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

/** Pictures of the screens, to be looked at; kept where CALEPIN_PICTURES says. */
const pictures = process.env['CALEPIN_PICTURES'];
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

let relay: FullRelay;
test.describe.configure({ timeout: 180_000 });
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(() => relay.close());

/** Opens an invitation link as somebody new. */
async function guest(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('textbox').first().fill(name);
  await page.locator('button[type="submit"]').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

async function linkFrom(page: Page, act: string): Promise<string> {
  await page.getByRole('button', { name: act }).first().click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return link;
}

async function found(page: Page, name: string, description: string): Promise<void> {
  await page.getByRole('button', { name: 'Nouvelle communauté' }).first().click();
  await page.getByRole('textbox', { name: 'Nom' }).fill(name);
  await page.getByRole('textbox', { name: 'Description' }).fill(description);
  await page.getByRole('button', { name: 'Fonder la communauté' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('two people found a community, meet in it, and share a note with it alone', async ({ browser }) => {
  const { page: owner } = await openOwner(browser, relay, { reducedMotion: 'reduce' });
  await found(owner, 'Table de quartier', 'Les organismes du quartier qui se parlent tous les mois.');
  await owner.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await owner.getByRole('textbox', { name: 'Titre de la note' }).fill('Plan de rencontre');
  // Its community sees it: first the link, then the visibility that it unlocks.
  await owner.getByRole('combobox', { name: 'Communauté liée' }).selectOption({ label: 'Table de quartier' });
  await expect(owner.getByRole('link', { name: 'Table de quartier' }).last()).toBeVisible();
  const visibility = owner.getByRole('button', { name: /Changer la visibilité/ });
  await visibility.click();
  await owner.getByRole('menuitem', { name: /^communauté/ }).click();
  await expect(visibility).toContainText('communauté');
  const doorNote = await linkFrom(owner, 'Partager');

  // A guest who writes another note with the owner finds the community, and asks to join.
  const other = await guest(browser, doorNote, 'Basile Tremblay');
  await other.getByRole('link', { name: 'Toutes les communautés' }).click();
  await expect(other.getByText('1 membre')).toBeVisible();
  await expect(other.getByText(/^communities\./)).toHaveCount(0);
  expect(await seriousFaults(other)).toEqual([]);
  await picture(other, 'list');
  await other
    .getByRole('main')
    .getByRole('link', { name: /Table de quartier/ })
    .click();
  await expect(other.getByText('La liste des membres se montre aux membres.')).toBeVisible();
  await other.getByRole('button', { name: 'Demander à rejoindre' }).click();
  await other.getByRole('textbox', { name: /Un mot pour les responsables/ }).fill('J’habite rue Fleury.');
  await picture(other, 'ask');
  await other.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(other.getByText('Demande envoyée')).toBeVisible();

  // The responsable, who was told that Basile came to write, is told at once, and lets them in.
  const notices = owner.getByRole('link', { name: /^Avis/ });
  await expect(notices).toContainText('2');
  await notices.click();
  await expect(owner.getByText('J’habite rue Fleury.')).toBeVisible();
  const asks = owner.getByRole('link', { name: /Basile Tremblay demande à rejoindre/ });
  const line = owner.getByRole('listitem').filter({ hasText: 'demande à rejoindre' });
  await expect(line.getByText('Nouveau', { exact: true })).toBeVisible();
  expect(await seriousFaults(owner)).toEqual([]);
  await picture(owner, 'notices');
  await asks.click();
  await picture(owner, 'request');
  await owner.getByRole('button', { name: 'Accueillir Basile Tremblay' }).click();
  await expect(owner.getByRole('button', { name: 'Actes sur Basile Tremblay' })).toBeVisible();

  // They see it without doing anything: the page, and the note that is the community's.
  await expect(other.getByText('Vous en êtes membre')).toBeVisible();
  await expect(
    other
      .getByRole('main')
      .getByRole('link', { name: /Plan de rencontre/ })
      .first(),
  ).toBeVisible();
  expect(await seriousFaults(other)).toEqual([]);
  await picture(other, 'community');

  // Made a responsable, they may welcome others; the first may then leave.
  await owner.getByRole('button', { name: 'Actes sur la communauté' }).click();
  await owner.getByRole('menuitem', { name: 'Quitter la communauté' }).click();
  await expect(owner.getByText(/garde au moins un·e responsable/)).toBeVisible();
  await owner.getByRole('button', { name: 'Actes sur Basile Tremblay' }).click();
  await owner.getByRole('menuitem', { name: 'Nommer responsable' }).click();
  await expect(other.getByText('Vous en êtes responsable')).toBeVisible();
});

test('a reader asks to edit, writes to the authors, becomes an author, and a reader is taken off', async ({
  browser,
}) => {
  const { page: owner } = await openOwner(browser, relay, { reducedMotion: 'reduce' });
  await owner.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await owner.getByRole('textbox', { name: 'Titre de la note' }).fill('Récit de voisinage');
  await expect(owner.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await owner.getByRole('button', { name: 'Partager' }).click();
  await owner.getByText('Lire seulement', { exact: true }).click();
  await owner.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await owner.getByTestId('invitation-link').inputValue();
  await owner.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const reader = await guest(browser, link, 'Chloé Roy');
  const second = await guest(browser, link, 'Denis Côté');

  await reader.getByRole('button', { name: 'Contacter l’auteur·trice' }).click();
  await reader.getByRole('textbox', { name: 'Votre message' }).fill('Merci pour ce récit.');
  await reader.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(reader.getByText('Votre message est envoyé.')).toBeVisible();
  await reader.getByRole('button', { name: 'Demander à modifier' }).click();
  await reader.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(reader.getByText('Demande de modification envoyée')).toBeVisible();
  await picture(reader, 'note-reader');

  await expect(owner.getByRole('button', { name: 'Accepter Chloé Roy comme auteur·trice' })).toBeVisible();
  await picture(owner, 'note-author');
  await owner.getByRole('button', { name: 'Accepter Chloé Roy comme auteur·trice' }).click();
  await expect(reader.getByRole('button', { name: 'Modifier' }).first()).toBeVisible();
  await expect(reader.getByRole('link', { name: /^Avis/ })).toContainText('1');

  await owner.getByRole('button', { name: 'Retirer Denis Côté' }).click();
  await expect(owner.getByText('Denis Côté n’est plus invité·e à lire.')).toBeVisible();
  await expect(second.getByText(/ne vous est (pas|plus) ouvert/).first()).toBeVisible();
});
