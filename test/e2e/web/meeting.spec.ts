import { expect, type Page, test } from '@playwright/test';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { openBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

/** Two computers in a room. */
let host: FullRelay;
let guest: FullRelay;
test.beforeEach(async () => {
  host = await newFullRelay({
    storage: 'sqlite',
    meetingAddresses: ['127.0.0.1'],
    discovery: noDiscovery,
  });
  guest = await newFullRelay({ storage: 'sqlite', discovery: noDiscovery });
});
test.afterEach(async () => {
  await guest.close();
  await host.close();
});

const bodyOf = (page: Page) => page.getByRole('textbox', { name: 'Texte de la note' });

test('[R307] a meeting is hosted from a carnet and joined by its code; both write in a note, and its end is told', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const ada = await host.signIn();
  const { collection } = await ada.json<{ collection: { id: string } }>('POST', '/api/carnets', {
    title: 'Assemblée',
  });
  const { note } = await ada.json<{ note: { id: string } }>('POST', '/api/notes', { title: 'Ordre du jour' });
  await ada.json('POST', `/api/carnets/${collection.id}/entries`, { memberIds: [note.id] });

  const { page } = await openBrowser(browser, host.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await page.goto(`${host.url}/carnets/${collection.id}`);
  await page.getByRole('button', { name: 'Actes sur le carnet' }).click();
  await page.getByRole('menuitem', { name: 'Héberger cette rencontre' }).click();
  const hosting = page.getByRole('dialog');
  await expect(hosting.getByRole('button', { name: 'Commencer' })).toBeEnabled();
  await takePicture(page, 'meeting-begin');
  await hosting.getByRole('button', { name: 'Commencer' }).click();
  const told = hosting.getByRole('definition');
  await expect(told.first()).toHaveText(/^\w{4}-\w{4}-\w{4}$/);
  const [code = '', address = ''] = await told.allTextContents();
  await expect(hosting.getByText('Personne encore.')).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);

  const other = await openBrowser(browser, guest.launchUrl);
  await expect(other.page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await other.page.goto(`${guest.url}/settings`);
  await other.page.getByRole('button', { name: 'Rejoindre une rencontre' }).click();
  const joining = other.page.getByRole('dialog');
  await joining.getByLabel('Code').fill('K7QM');
  await joining.getByLabel('Adresse').fill(address);
  await other.page.keyboard.press('Enter');
  await expect(joining.getByText('Un code a douze lettres et chiffres.', { exact: false })).toBeVisible();
  expect(await seriousFaults(other.page)).toEqual([]);
  await takePicture(other.page, 'meeting-join');
  await joining.getByLabel('Code').fill(code.toLowerCase());
  await other.page.keyboard.press('Enter');
  await expect(other.page.getByRole('heading', { name: 'Assemblée' })).toBeVisible();

  await expect(hosting.getByRole('listitem')).toHaveCount(1);
  await takePicture(page, 'meeting-hosted');
  await page.keyboard.press('Escape');
  await takePicture(other.page, 'meeting-carnet');

  for (const [relay, one] of [
    [host, page],
    [guest, other.page],
  ] as const) {
    await expect(async () => {
      await one.goto(`${relay.url}/notes/${note.id}`);
      await expect(one.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 5_000 });
    }).toPass();
    await one.keyboard.press('e');
    await expect(bodyOf(one)).toBeVisible();
  }
  await bodyOf(page).click();
  await page.keyboard.type('Les pommiers. ');
  await expect(bodyOf(other.page)).toContainText('Les pommiers.');
  await bodyOf(other.page).click();
  await other.page.keyboard.press('ControlOrMeta+End');
  await other.page.keyboard.type('Les poiriers.');
  await expect(bodyOf(page)).toContainText('Les poiriers.');
  await expect(bodyOf(page)).toHaveText((await bodyOf(other.page).textContent()) ?? '');

  await page.goto(`${host.url}/carnets/${collection.id}`);
  await page.getByRole('button', { name: 'Actes sur le carnet' }).click();
  await page.getByRole('menuitem', { name: 'Héberger cette rencontre' }).click();
  await hosting.getByRole('button', { name: 'Terminer' }).click();
  await expect(other.page.getByText(/^La rencontre de .* est terminée\./)).toBeVisible();
  await takePicture(other.page, 'meeting-over');
  await other.page.reload();
  await expect(other.page.getByText('Les pommiers. Les poiriers.')).toBeVisible();
  await other.page.goto(`${guest.url}/settings`);
  await expect(other.page.locator('#meetings').getByRole('status')).toContainText('Terminée.');
});
