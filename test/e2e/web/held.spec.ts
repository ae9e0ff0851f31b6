import { expect, test } from '@playwright/test';
import type { CarnetPage } from '#shared/api/collections.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

test('a note is held at its version, read there, kept and brought up to date, by keyboard', async ({
  browser,
}) => {
  past = await newPastNote('fr');
  const { helene, note, write, ids, wait, relay } = past;
  const made = await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Vie de quartier' });
  await helene.json('POST', `/api/carnets/${made.collection.id}/entries`, { memberIds: [note] });
  await write(ids.helene, paragraph('Un potager.'));
  const { page, errors } = await openAs(browser, helene, `${relay.url}/carnets/${made.collection.id}`);
  const acts = page.getByRole('button', { name: 'Actes sur « Jardins »' });
  await acts.press('Enter');
  await page.getByRole('menuitem', { name: 'Retenir cette version' }).press('Enter');
  const main = page.getByRole('main');
  await expect(main.getByText(/^Version du 12 mars 2026/)).toBeVisible();

  wait(60);
  await write(ids.awa, paragraph('Un verger.'));
  const queue = page.getByRole('region', { name: 'Modifiées depuis votre intégration' });
  await expect(queue.getByRole('listitem')).toContainText('Jardins');
  await expect(main.getByText('Un potager.')).toBeVisible();
  await takePicture(page, 'held-queue-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await main.getByRole('link', { name: /^Jardins/ }).press('Enter');
  await expect(page.getByRole('note')).toContainText('Ce carnet retient la version du 12 mars 2026');
  await expect(page.getByRole('article')).toContainText('Un potager.');
  await takePicture(page, 'held-note-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Revenir au carnet' }).press('Enter');

  await queue.getByRole('button', { name: 'Garder celle-ci, la version de « Jardins »' }).press('Enter');
  await expect(queue).toBeHidden();
  // What was said of holding it may still be there.
  const kept = page.getByRole('alert').filter({ hasText: /garde la version/ });
  await kept.getByRole('button', { name: 'Annuler' }).press('Enter');
  await queue.getByRole('button', { name: 'Mettre à jour « Jardins »' }).press('Enter');
  await expect(main.getByText('Un verger.')).toBeVisible();
  await expect(queue).toBeHidden();
  expect(errors).toEqual([]);
});
