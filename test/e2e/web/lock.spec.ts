import { type Locator, type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';
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

test('an author locks a note by the keyboard: another who writes in it is stopped, what was unsent waits in a copy, and it opens again', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Règlements généraux');
  await bodyOf(page).click();
  await page.keyboard.type('Article 1. Le conseil se réunit chaque mois.');
  await isSaved(page);
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const other = await openBrowser(browser, link);
  await other.page.getByRole('textbox', { name: 'Votre nom' }).fill('Grace');
  await other.page.locator('button[type="submit"]').click();
  await other.page.getByRole('button', { name: 'Modifier' }).first().click();
  await bodyOf(other.page).click();
  await other.context.setOffline(true);
  await other.page.keyboard.type('Hors ligne. ');
  await expect(other.page.getByTestId('save-state')).toHaveAccessibleName(/gardé sur cet appareil/);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actes sur la note' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Verrouiller (note adoptée)' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Date de l’adoption').fill('2026-03-05');
  await page.getByLabel('Comment (si vous voulez)').fill('Adoptée en assemblée générale');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/Adoptée en assemblée générale le\s5 mars 2026/)).toBeVisible();
  await takePicture(page, 'lock-dialog');
  await page.keyboard.press('Enter');
  const banner = page.getByTestId('lock-banner');
  await expect(banner).toContainText(/Adoptée en assemblée générale le\s5 mars 2026/);
  await expect(page.getByRole('button', { name: 'Modifier', exact: true })).toHaveCount(0);
  await takePicture(page, 'lock-banner');
  expect(await seriousFaults(page)).toEqual([]);

  // Who was away comes back: their words wait apart, and the text is the one that was adopted.
  await other.context.setOffline(false);
  await expect(other.page.getByTestId('recovered-notice')).toBeVisible({ timeout: 30_000 });
  await expect(other.page.getByTestId('lock-banner')).toBeVisible();
  await expect(bodyOf(other.page)).toHaveCount(0);
  await takePicture(other.page, 'lock-recovered');
  await other.page.getByRole('button', { name: 'Voir la copie' }).click();
  await expect(other.page.getByRole('textbox', { name: 'Texte de la copie' })).toHaveValue(/Hors ligne\./);
  await other.page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).first().click();
  await expect(
    other.page.getByRole('main').getByText('Article 1. Le conseil se réunit chaque mois.', { exact: true }),
  ).toBeVisible();

  // The list and the history say it too.
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(page.getByRole('main').getByText(/Adoptée en assemblée générale le/)).toBeVisible();
  await takePicture(page, 'lock-list');
  await page.goBack();
  await page.getByRole('button', { name: 'Rouvrir à l’écriture' }).click();
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: 'Modifier', exact: true }).click();
  await expect(bodyOf(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'Historique' }).click();
  const locks = page.getByRole('list', { name: 'Verrouillages' });
  await expect(locks.getByRole('listitem')).toHaveCount(2);
  await expect(locks.getByRole('listitem').first()).toContainText('Rouverte à l’écriture par');
  await expect(
    page.getByRole('navigation', { name: 'Versions de la note' }).getByText(/Adoptée en assemblée/),
  ).toBeVisible();
  await takePicture(page, 'lock-history');
});
