import { type Browser, type Locator, type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

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

/** How the lines under these words are drawn. */
const linesOf = async (words: Locator): Promise<Set<string>> =>
  new Set(await words.evaluateAll((all) => all.map((one) => getComputedStyle(one).textDecorationStyle)));

/** The owner at a note of one sentence of theirs and one of Awa's. */
async function openShared(browser: Browser): Promise<{ page: Page; url: string }> {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await bodyOf(page).click();
  await page.keyboard.type('Le comité se réunit le mardi.');
  await isSaved(page);
  const url = page.url().split(/[?#]/, 1)[0] ?? '';
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  const guest = await openBrowser(browser, link);
  await guest.page.getByRole('textbox', { name: 'Votre nom' }).fill('Awa');
  await guest.page.locator('button[type="submit"]').click();
  await guest.page.getByRole('button', { name: 'Modifier' }).first().click();
  await expect(bodyOf(guest.page)).toContainText('mardi');
  await bodyOf(guest.page).click();
  await guest.page.keyboard.press('Control+End');
  await guest.page.keyboard.type(' Venez nombreux.');
  await isSaved(guest.page);
  await guest.context.close();
  await expect(bodyOf(page)).toContainText('nombreux');
  return { page, url };
}

test('who wrote chosen words is told where they stand, in the editor and on the reading page, with the way to that moment', async ({
  browser,
}) => {
  const { page } = await openShared(browser);
  await bodyOf(page).click();
  await page.keyboard.press('Control+End');
  for (let at = 0; at < 'nombreux.'.length; at += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByRole('button', { name: /^Qui a écrit ça/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+y');
  const who = page.getByRole('dialog', { name: /^Qui a écrit ça/ });
  // From one minute to the next where the hand was on the keys as one ended.
  await expect(who.getByRole('listitem')).toHaveText(/^AAwa(Le|Du) .+Voir ce moment$/);
  await takePicture(page, 'who-fr');
  await page.keyboard.press('Escape');
  await expect(who).toHaveCount(0);
  await expect(bodyOf(page)).toBeFocused();

  await page.getByRole('button', { name: 'Terminer', exact: true }).click();
  await page.getByText('Le comité se réunit').dblclick({ position: { x: 40, y: 10 } });
  await expect(page.getByRole('button', { name: /^Qui a écrit ça/ })).toBeVisible();
  await page.keyboard.press('w');
  await expect(who.getByRole('listitem')).not.toContainText('Awa');
  expect(await seriousFaults(page)).toEqual([]);
  await who.getByRole('link', { name: 'Voir ce moment' }).click();
  await expect(page.getByRole('article', { name: 'La note au fil du temps' })).toContainText('Le comité');
  await expect(page.getByRole('article', { name: 'La note au fil du temps' })).not.toContainText('nombreux');
});

test('the text is coloured by who wrote it or by its age; each has a line and a legend, and one can be seen alone', async ({
  browser,
}) => {
  const { page, url } = await openShared(browser);
  await page.goto(`${url}/history?view=authors`);
  const shown = page.getByRole('article', { name: 'Qui a écrit quoi' });
  await expect(shown.locator('.authored[title^="Awa"]')).toHaveText(' Venez nombreux.');
  const cues = await shown
    .locator('.authored')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['cue']));
  expect(new Set(cues).size).toBe(2);
  expect((await linesOf(shown.locator('.authored'))).size).toBe(2);
  const legend = page.getByRole('list', { name: 'Légende' });
  await expect(legend.getByRole('listitem').nth(1)).toContainText(/Awa\s*3\d\s*%/);
  await legend.getByRole('button', { name: /Awa/ }).click();
  await expect(shown.locator('.authored')).toHaveText([' Venez nombreux.']);
  await page.getByText('Par âge', { exact: true }).click();
  await takePicture(page, 'authors-age-fr');
  await expect(shown.locator('.authored[data-age="0"]').first()).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  // In a comparison too, each person's additions have a line of their own.
  await page.goto(`${url}/history?since=1`);
  const compared = page.getByRole('article', { name: 'Ce qui a changé depuis ce moment' });
  await expect(compared.locator('ins[data-colour]').first()).toBeVisible();
  expect((await linesOf(compared.locator('ins[data-colour]'))).size).toBe(2);
});
