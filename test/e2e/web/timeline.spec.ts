import { type Locator, type Page, expect, test } from '@playwright/test';
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
const note = (page: Page): Locator => page.getByRole('article', { name: 'La note au fil du temps' });
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Moment de la vie de la note' });

/** A note that the owner began and that Awa went on with. @returns the owner's page, at its history through time. */
async function openTimeline(browser: Parameters<typeof openOwner>[0]): Promise<Page> {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await bodyOf(page).click();
  await page.keyboard.type('Le comité se réunit le mardi.', { delay: 20 });
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
  await expect(bodyOf(guest.page)).toContainText('mardi');
  await bodyOf(guest.page).click();
  await guest.page.keyboard.press('Control+End');
  await guest.page.keyboard.type(' Venez nombreux.', { delay: 20 });
  await isSaved(guest.page);
  await guest.context.close();
  await page.goto(`${url.split(/[?#]/, 1)[0] ?? ''}/history?view=time`);
  await expect(note(page)).toContainText('Venez nombreux.');
  return page;
}

test('any moment of a note is seen by keyboard, mouse or its sittings, with what was written in its author’s colour', async ({
  browser,
}) => {
  const page = await openTimeline(browser);
  await expect(note(page).locator('.authored[title="Awa"]')).toHaveText(' Venez nombreux.');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /: Awa$/);

  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '1');
  await expect(note(page)).not.toContainText('comité');
  await page.keyboard.press('End');
  await expect(note(page)).toContainText('Venez nombreux.');
  await page.keyboard.press('ArrowLeft');
  await expect(note(page)).not.toContainText('nombreux.');
  await expect(note(page)).toContainText('Venez');
  // The address leads to the moment that is shown.
  const here = await slider(page).getAttribute('aria-valuenow');
  await expect(page).toHaveURL(new RegExp(`view=time&at=${here ?? ''}$`));
  await page.reload();
  await expect(slider(page)).toHaveAttribute('aria-valuenow', here ?? '');

  const box = (await slider(page).boundingBox())!;
  await page.mouse.click(box.x + 2, box.y + box.height / 2);
  await expect(note(page)).not.toContainText('nombreux');

  const list = page.getByRole('list', { name: 'Séances de travail' });
  await expect(list.getByRole('listitem').first()).toContainText(/lettres écrites/);
  await list.getByRole('button').first().click();
  await expect(note(page)).toContainText('Venez nombreux.');
  await expect(list.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
  await takePicture(page, 'timeline-fr');
  expect(await seriousFaults(page)).toEqual([]);
});

test('a note is played as it was written, faster or slower, and stopped by the space bar', async ({
  browser,
}) => {
  const page = await openTimeline(browser);
  await page.getByRole('combobox', { name: 'Vitesse de lecture' }).selectOption({ label: '× 2' });
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(note(page)).toContainText('Le com');
  // Letters come one after the other.
  await expect(note(page).locator('.authored-fresh').first()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Lire comme c’était écrit' })).toBeVisible();
  await expect(note(page)).not.toContainText('nombreux.');
  await takePicture(page, 'playback-paused-fr');
  await page.getByRole('combobox', { name: 'Vitesse de lecture' }).selectOption({ label: '× 60' });
  await page.getByRole('button', { name: 'Lire comme c’était écrit' }).click();
  await expect(note(page)).toContainText('Venez nombreux.');
  // At the end it stops by itself.
  await expect(page.getByRole('button', { name: 'Lire comme c’était écrit' })).toBeVisible();
});

test('from a moment one goes on to what changed since', async ({ browser }) => {
  const page = await openTimeline(browser);
  await slider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Comparer avec maintenant' }).click();
  const shown = page.getByRole('article', { name: 'Ce qui a changé depuis ce moment' });
  await expect(shown.locator('ins.change-added').first()).toBeVisible();
});
