import { type Browser, type Locator, type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner, type OpenBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const bar = (page: Page): Locator => page.getByTestId('news-bar');
const isSaved = (page: Page): Promise<void> =>
  expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });
/** As if the page had been in sight for so long. Nothing that waits is hurried. */
const later = (page: Page, ms: number): Promise<void> =>
  page.evaluate(() => Date.now()).then((now) => page.clock.setSystemTime(now + ms));

/** The owner with a note of two paragraphs, whose history the guest may see too. */
async function writeTogether(
  browser: Browser,
): Promise<{ owner: OpenBrowser; guest: OpenBrowser; url: string }> {
  const owner = await openOwner(browser, relay);
  const { page } = owner;
  await page.clock.install();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await bodyOf(page).click();
  await page.keyboard.type('Le comité se réunit le mardi.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Chaque famille a sa clé.');
  await isSaved(page);
  const url = page.url();
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const guest = await openBrowser(browser, link);
  await guest.page.getByRole('textbox', { name: 'Votre nom' }).fill('Awa');
  await guest.page.locator('button[type="submit"]').click();
  await guest.page.getByRole('button', { name: 'Modifier' }).first().click();
  await expect(bodyOf(guest.page)).toContainText('Chaque famille');
  return { owner, guest, url };
}

async function write(page: Page, ...keys: string[]): Promise<void> {
  await bodyOf(page).click();
  for (const key of keys)
    await (key.length > 1 && /^[A-Z]/.test(key) && !key.includes(' ')
      ? page.keyboard.press(key)
      : page.keyboard.type(key));
}

test('who comes back is told what others changed since, sees it, and is told nothing twice', async ({
  browser,
}) => {
  const { owner, guest, url } = await writeTogether(browser);
  const { page } = owner;
  await later(page, 60_000);
  await page
    .getByRole('link', { name: 'Accueil' })
    .or(page.getByRole('link', { name: 'Toutes les notes' }))
    .first()
    .click();
  await expect(bodyOf(page)).toHaveCount(0);

  await write(guest.page, 'Control+End');
  await guest.page.keyboard.type(' Awa garde le double.');
  await isSaved(guest.page);
  // Their own words are no news to them.
  await guest.page.reload();
  await expect(guest.page.getByRole('article')).toContainText('le double');
  await expect(bar(guest.page)).toHaveCount(0);

  await page.goto(url);
  await expect(bar(page)).toContainText(/^Depuis votre passage, le .+\s: Awa a modifié 1 passage\./);
  expect(await seriousFaults(page)).toEqual([]);
  await bar(page).getByRole('button', { name: 'Voir ce qui a changé' }).focus();
  await page.keyboard.press('Enter');
  const shown = page.getByRole('article', { name: 'Ce qui a changé depuis votre passage' });
  await expect(shown.locator('ins.change-added').first()).toHaveText(/Awa garde le double/);
  await expect(shown.getByRole('list', { name: 'Qui a changé quoi' })).toContainText('Awa a ajouté 4 mots.');
  await page.keyboard.press('n');
  await expect(page.getByText(/^Changement 1 sur 1/)).toBeAttached();

  await page.goBack();
  await expect(page.getByRole('article')).toContainText('le double');
  await isSaved(page);
  await expect(bar(page)).toHaveCount(0);
});

test('a glance is no visit, and what was put away is not told again', async ({ browser }) => {
  const { owner, guest, url } = await writeTogether(browser);
  const { page } = owner;
  await later(page, 60_000);
  await page.goto(`${relay.url}/`);
  await write(guest.page, 'Control+End');
  await guest.page.keyboard.type(' Awa garde le double.');
  await isSaved(guest.page);
  await page.goto(url);
  await expect(bar(page)).toBeVisible();
  await page.reload();
  await expect(bar(page)).toBeVisible();
  await bar(page).getByRole('button', { name: 'Fermer' }).click();
  await expect(bar(page)).toHaveCount(0);
  await page.reload();
  await isSaved(page);
  await expect(bar(page)).toHaveCount(0);
});

test('after work without the network: what others did, what oneself did, and the passages that both touched', async ({
  browser,
}) => {
  const { owner, guest } = await writeTogether(browser);
  const { page, context } = owner;
  await write(page, 'Control+Home');
  await context.setOffline(true);
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'offline', { timeout: 30_000 });
  await page.keyboard.type('Cette année, ');
  await write(guest.page, 'Control+Home');
  await guest.page.keyboard.press('End');
  await guest.page.keyboard.type(' Venez nombreux.');
  await guest.page.keyboard.press('Control+End');
  await guest.page.keyboard.type(' Awa garde le double.');
  await isSaved(guest.page);
  await later(page, 120_000);
  await context.setOffline(false);
  await isSaved(page);
  await expect(bar(page)).toContainText(
    /^Pendant votre absence, depuis le .+\s: Awa a modifié 2 passages; vous avez modifié 1 passage\. 1 passage a été modifié des deux côtés/,
  );
  await bar(page).getByRole('button', { name: 'Voir ce qui a changé' }).click();
  const shown = page.getByRole('article', { name: 'Ce qui a changé pendant votre absence' });
  await shown.getByRole('button', { name: 'Passage 1' }).click();
  await expect(shown.locator('.is-current-change').first()).toContainText(/Cette année|Venez nombreux/);
});
