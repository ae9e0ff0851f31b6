import { expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

test('names in presence, notices and history lead to the page of the person', async ({ browser }) => {
  const { page, errors } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await body.click();
  await page.keyboard.type('Bonjour à toutes et à tous.');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: 'Nom de la version' }).fill('Début');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const note = page.url();

  const grace = await openBrowser(browser, link);
  await grace.page.getByRole('textbox', { name: 'Votre nom' }).fill('Grace');
  await grace.page.locator('button[type="submit"]').click();
  await grace.page.getByRole('button', { name: 'Modifier' }).first().click();
  await grace.page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await grace.page.keyboard.type('Merci. ');
  await expect(body).toContainText('Merci.');

  const isGrace = async (): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1, name: 'Grace' })).toBeVisible();
    await expect(page).toHaveURL(/\/people\//);
  };
  await page
    .getByTestId('presence')
    .getByRole('link', { name: /^Grace/ })
    .focus();
  await page.keyboard.press('Enter');
  await isGrace();

  await page.getByRole('link', { name: /^Avis/ }).click();
  const notice = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Grace' }).first();
  await takePicture(page, 'names-notices');
  await notice.getByRole('link', { name: 'Grace', exact: true }).click();
  await isGrace();
  // The rest of the line leads where it did.
  await page.goBack();
  await notice.getByRole('link', { name: /^Grace .+/ }).click({ position: { x: 5, y: 5 } });
  await expect(page).toHaveURL(note);

  await page.goto(`${note}/history`);
  await page.getByRole('list', { name: 'Qui a changé quoi' }).getByRole('link', { name: 'Grace' }).click();
  await isGrace();
  expect(errors).toEqual([]);
});
