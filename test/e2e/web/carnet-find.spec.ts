import path from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import type { CarnetPage } from '#shared/api/collections.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';

const memberCount = 130;
const pictures = process.env['CALEPIN_PICTURES'];

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

async function look(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

test('find in a carnet of many notes: words, filter, sort, an address that keeps them, an end with a way on', async ({
  browser,
}) => {
  const owner = await relay.signIn();
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', {
    title: 'Cahier des récits',
  });
  for (let n = 1; n <= memberCount; n += 1) {
    await owner.json('POST', '/api/notes', {
      title: n % 10 === 0 ? `Forêt ${n}` : `Récit ${n}`,
      kind: n === 20 ? 'term' : 'note',
      carnetId: carnet.id,
    });
  }
  const { page } = await openOwner(browser, relay);
  await expect(page.getByRole('button', { name: 'Nouveau carnet' })).toBeVisible();
  await page.goto(`${relay.url}/carnets/${carnet.id}`);
  const entries = page.locator('main [data-entry]');
  const status = page
    .locator('main')
    .getByRole('status')
    .filter({ hasText: /note.? sur/ });
  await expect(entries.first()).toContainText('Récit 1');
  // Of a long carnet, only what is near the window is drawn.
  expect(await entries.count()).toBeLessThan(60);
  await look(page, 'carnet-long');

  // The keyboard arranges the last ones as it does the first: the focus follows the note that moves far.
  await page.getByRole('button', { name: 'Actes sur « Récit 3 »' }).click();
  await page.getByRole('menuitem', { name: 'Mettre en premier' }).click();
  await expect(entries.first()).toContainText('Récit 3');
  await expect(page.getByRole('button', { name: 'Déplacer « Récit 3 »' })).toBeFocused();

  const field = page.getByRole('searchbox', { name: 'Chercher dans ce carnet' });
  await field.fill('foret');
  await expect(status).toHaveText(`13 notes sur ${memberCount}`);
  await expect(entries).toHaveCount(13);
  await expect(page).toHaveURL(/\?q=foret$/);
  await page.getByRole('button', { name: 'Filtrer' }).click();
  await page.getByLabel('Genre').selectOption({ label: 'Terme' });
  await expect(status).toHaveText(`1 note sur ${memberCount}`);
  await look(page, 'carnet-find');
  await page.reload();
  await expect(field).toHaveValue('foret');
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('Forêt 20');
  await page.getByLabel('Genre').selectOption('');
  await page.getByLabel('Ordre des notes').selectOption('title');
  await expect(entries.nth(1)).toContainText('Forêt 20');
  await field.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(entries.nth(1).getByRole('link')).toBeFocused();

  await field.fill('introuvable');
  await expect(page.getByRole('heading', { name: 'Aucune note ne répond' })).toBeVisible();
  await look(page, 'carnet-find-nothing');
  await page.getByRole('button', { name: 'Montrer toutes les notes' }).click();
  await expect(field).toHaveValue('');
  await expect(entries.first()).toContainText('Récit 3');
  await expect(page).toHaveURL(`${relay.url}/carnets/${carnet.id}`);
});
