import { type Locator, type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const isSaved = (page: Page): Promise<void> =>
  expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });

/** Keeps the note as it is now under a name, by the keyboard. */
async function nameVersion(page: Page, name: string): Promise<void> {
  await isSaved(page);
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: 'Nom de la version' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function openHistory(page: Page): Promise<void> {
  await isSaved(page);
  await page.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'Historique' }).click();
  await expect(page.getByRole('navigation', { name: 'Versions de la note' })).toBeVisible();
}

test('a named version is found again, seen, compared with now word by word and by person, restored, and the restoring undone', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await bodyOf(page).click();
  await page.keyboard.type('Le comité se réunit le mardi.');
  await nameVersion(page, 'Envoyée au comité');

  // Somebody else changes a word.
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const guest = await openBrowser(browser, link);
  await guest.page.getByRole('textbox', { name: 'Votre nom' }).fill('Grace');
  await guest.page.locator('button[type="submit"]').click();
  await guest.page.getByRole('button', { name: 'Modifier' }).first().click();
  await bodyOf(guest.page).click();
  for (const key of ['Control+End', 'ArrowLeft', 'Control+Shift+ArrowLeft'])
    await guest.page.keyboard.press(key);
  await guest.page.keyboard.type('jeudi');
  await isSaved(guest.page);
  await expect(bodyOf(page)).toContainText('jeudi');
  await guest.context.close();

  await openHistory(page);
  const versions = page.getByRole('navigation', { name: 'Versions de la note' });
  await versions.getByRole('button', { name: /Envoyée au comité/ }).click();
  const shown = page.getByRole('article');
  await expect(shown.locator('del.change-removed').first()).toHaveText(/mardi/);
  await expect(shown.locator('ins.change-added').first()).toHaveText(/jeudi/);
  // What did not change is not marked.
  await expect(shown.getByText('Le comité se réunit')).toBeVisible();
  expect(await shown.locator('.note-text .change').filter({ hasText: 'comité' }).count()).toBe(0);
  await expect(page.getByRole('list', { name: 'Qui a changé quoi' })).toContainText(
    'Grace a ajouté 1 mot et retiré 1 mot.',
  );
  expect(await seriousFaults(page)).toEqual([]);

  // By keyboard: to the change, and said aloud.
  await page.keyboard.press('n');
  await expect(page.getByText(/^Changement 1 sur 1/)).toBeAttached();

  await page.getByText('Voir', { exact: true }).click();
  await expect(shown.getByText('Le comité se réunit le mardi.')).toBeVisible();
  await expect(shown.locator('.change')).toHaveCount(0);

  await page.getByRole('button', { name: 'Restaurer cette version' }).click();
  await expect(page.getByText(/La note est revenue à la version du/)).toBeVisible();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.getByText('La note est de nouveau comme avant.')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('article')).toContainText('Le comité se réunit le jeudi.');
});

test('a note without any version says so, and leads back to writing', async ({ browser }) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await expect(bodyOf(page)).toBeVisible();
  await isSaved(page);
  await page.goto(`${page.url().split(/[?#]/, 1)[0] ?? ''}/history`);
  await expect(
    page.getByRole('heading', { name: 'L’histoire de cette note commence avec ses premiers mots' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Écrire dans la note' }).click();
  await expect(page.getByRole('button', { name: 'Modifier' }).or(bodyOf(page)).first()).toBeVisible();
});
