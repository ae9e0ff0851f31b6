import { expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

test('the language of a note is chosen in its details, and the text follows at once', async ({ browser }) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await expect(body).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: /Changer la langue/ }).click();
  await page.getByRole('menuitem', { name: 'espagnol' }).click();
  await expect(body).toHaveAttribute('lang', 'es');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.reload();
  await expect(page.getByRole('button', { name: /Changer la langue/ })).toContainText('espagnol');
});

test('a term is made and related by hand, taken off again, and says where it is used', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Jardins');
  await page.getByRole('button', { name: 'Relier un terme' }).click();
  await page.getByRole('searchbox', { name: 'Chercher un terme du lexique' }).fill('Ruelle verte');
  await page.getByRole('button', { name: /Créer le terme/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const details = page.getByRole('complementary', { name: 'Détails' });
  const term = details.getByRole('link', { name: 'Ruelle verte' });
  await term.click();
  await expect(page.getByRole('heading', { level: 2, name: 'Utilisé dans' })).toBeVisible();
  await details.getByRole('link', { name: 'Jardins' }).click();
  await details.getByRole('button', { name: /Ne plus relier/ }).click();
  await expect(details.getByText('Aucun terme relié')).toBeVisible();
});

test('the licence of a note is chosen in its details, where it is cited', async ({ browser }) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Jardins');
  const licence = page.getByRole('combobox', { name: 'Changer la licence' });
  await expect(licence).toHaveValue('cc-by-sa-4.0');
  await licence.selectOption({ label: 'Tous droits réservés' });
  await expect(page.getByText('Il faut vous demander avant de la reprendre.')).toBeVisible();
  await expect(page.getByText(/\(s\.\sd\.\)\. Jardins\. Calepin\.$/)).toBeVisible();
  await page.reload();
  await expect(licence).toHaveValue('all-rights-reserved');
});

test('a note put in the trash comes back by « Annuler », and from the trash itself', async ({ browser }) => {
  const { page } = await openOwner(browser, relay);
  const library = page.getByRole('main').getByRole('link', { name: /Écrire à plusieurs/ });
  const throwAway = async (): Promise<void> => {
    await library.first().click();
    await page.getByRole('button', { name: 'Actes sur la note' }).click();
    await page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click();
    await expect(page.getByText('La note est à la corbeille.')).toBeVisible();
  };
  await throwAway();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.getByText('La note est de retour.')).toBeVisible();
  await expect(library.first()).toBeVisible();
  await throwAway();
  await expect(library).toHaveCount(0);
  await page.getByRole('link', { name: 'Corbeille' }).click();
  await page.getByRole('button', { name: 'Rétablir « Écrire à plusieurs »' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Toutes les notes' }).click();
  await expect(library.first()).toBeVisible();
});

test('two brackets link a note, or make the one that is missing; the link shows the title as it is now', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await body.click();
  await page.keyboard.type('Voir [[écrire à');
  await page.getByRole('option', { name: /Écrire à plusieurs/ }).click();
  await expect(body.getByText('Écrire à plusieurs')).toBeVisible();
  await page.keyboard.type(' et [[Budget du comité');
  await page.getByRole('option', { name: /Créer.*Budget du comité/ }).click();
  await expect(body.getByText('Budget du comité')).toBeVisible();
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.getByRole('navigation').getByRole('link', { name: 'Toutes les notes' }).click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /Budget du comité/ })
    .first()
    .click();
  // It knows who leads to it.
  await expect(page.getByRole('complementary').getByText('Rétroliens')).toBeVisible();
});

test('a note opens to be read, or as it was left on this device, with its words counted', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  const open = (title: RegExp) =>
    page.getByRole('navigation').getByRole('link', { name: title }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await open(/Écrire à plusieurs/);
  await expect(page.getByRole('button', { name: 'Modifier' }).first()).toBeVisible();
  await expect(body).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(body).toBeVisible();
  await open(/Relier les notes/);
  await expect(page.getByRole('heading', { level: 1, name: 'Relier les notes' })).toBeVisible();
  await expect(body).toHaveCount(0);
  await open(/Écrire à plusieurs/);
  await expect(body).toBeVisible();
  await page.reload();
  await expect(body).toBeVisible();

  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  // The body of the note before is there until the new one is.
  await expect(page.getByRole('textbox', { name: 'Titre de la note' })).toHaveValue('');
  await body.click();
  await page.keyboard.type('Cinq mots, ni plus, ni moins.');
  await expect(page.getByText('6 mots', { exact: true })).toBeVisible();
});

test('a menu that is open stays when its button is pushed out of sight', async ({ browser }) => {
  const { context, page } = await openOwner(browser, relay, { viewport: { width: 1280, height: 700 } });
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const visibility = page.getByRole('button', { name: /Changer la visibilité/ });
  await visibility.click();
  const all = page.getByRole('menuitem', { name: /^public/ });
  await expect(all).toBeVisible();
  await visibility.evaluate((button) => {
    for (let one: Element | null = button; one !== null; one = one.parentElement) one.scrollTop = 0;
  });
  await expect(visibility).not.toBeInViewport();
  await all.click();
  await expect(visibility).toContainText('public');
  await context.close();
});

test('an organisation is filled in, shown with its region on the map, and found in its region', async ({
  browser,
}) => {
  const { page, errors } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Créer un terme ou une organisation' }).click();
  await page.getByRole('menuitem', { name: /Nouvelle organisation/ }).click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Maison des Érables');
  await page.getByRole('textbox', { name: 'Adresse' }).fill('12, rue des Érables');
  await page.getByLabel('Région').selectOption({ label: 'Bas-Saint-Laurent' });
  await page.getByLabel('Téléphone').fill('418 555-0123');
  // What has not its form is not kept, and says so; what has it, is.
  const email = page.getByLabel('Courriel');
  await email.fill('info@erables');
  await email.press('Enter');
  await expect(page.getByText('Ce n’est pas une adresse de courriel')).toBeVisible();
  await email.fill('info@erables.example');
  await email.press('Enter');
  await expect(page.getByText('Ce n’est pas une adresse de courriel')).toBeHidden();
  await page.getByRole('button', { name: 'Terminer' }).click();
  const sheet = page.getByRole('region', { name: 'Fiche de l’organisation' });
  await expect(sheet.getByRole('link', { name: '418 555-0123' })).toHaveAttribute('href', 'tel:418-555-0123');
  await expect(sheet.getByRole('img', { name: /Carte du Québec\s: Bas-Saint-Laurent/ })).toBeVisible();
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');

  await page.goto(`${relay.url}/?kind=organisation`);
  const found = page.getByRole('main').getByRole('link', { name: /Maison des Érables/ });
  const chosen = page.getByRole('button', { name: /^Bas-Saint-Laurent 1 organisation/ });
  await chosen.press('Enter');
  await expect(chosen).toHaveAttribute('aria-pressed', 'true');
  await expect(found).toBeVisible();
  await page.getByRole('button', { name: /^Estrie/ }).press('Enter');
  await expect(page.getByText(/Aucune organisation que vous pouvez lire/)).toBeVisible();
  await expect(found).toBeHidden();
  expect(errors).toEqual([]);
});
