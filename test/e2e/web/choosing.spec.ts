import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { readZip } from '../../support/readZip.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(() => relay.close());

test('[R311] several notes are chosen in the library by mouse and keyboard, exported together and put in a carnet', async ({
  browser,
}) => {
  const owner = await relay.signIn();
  for (const title of ['Zone A', 'Zone B', 'Zone C', 'Zone D'])
    await owner.json<NotePage>('POST', '/api/notes', { title });
  const { page, errors } = await openOwner(browser, relay);
  await page.goto(relay.url);
  await page.getByRole('combobox', { name: 'Trier', exact: true }).selectOption({ label: 'Titre' });
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Choisir' }).click();
  const bar = main.getByRole('region', { name: 'Notes choisies' });
  const count = bar.getByRole('status');
  const box = (title: string) => main.getByRole('checkbox', { name: `Choisir «\u00a0${title}\u00a0»` });
  await expect(count).toHaveText('Aucune note choisie');
  await expect(bar.getByRole('button', { name: 'Exporter…' })).toBeDisabled();
  // A whole line chooses, and opens nothing.
  await main.getByText('Zone C', { exact: true }).click();
  await expect(box('Zone C')).toBeChecked();
  await box('Zone A').click({ modifiers: ['Shift'] });
  await expect(count).toHaveText('3 notes choisies');
  await bar.getByRole('button', { name: 'Désélectionner' }).click();
  await expect(count).toHaveText('Aucune note choisie');

  await box('Zone B').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(box('Zone C')).toBeFocused();
  await expect(count).toHaveText('2 notes choisies');
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'choosing');

  await bar.getByRole('button', { name: 'Exporter…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exporter 2 notes' });
  await dialog.getByText('Markdown', { exact: true }).click();
  await takePicture(page, 'choosing-export');
  await dialog.getByRole('button', { name: 'Faire le dossier' }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  const files = readZip(await readFile(await (await download).path()));
  expect([...files.keys()].filter((name) => /Zone [A-D]/.test(name)).length).toBe(2);
  await expect(dialog).toBeHidden();

  await bar.getByRole('button', { name: 'Ajouter à un carnet…' }).click();
  const picker = page.getByRole('dialog', { name: 'Ajouter à un carnet' });
  await picker.getByRole('searchbox').fill('Jardin');
  await picker.getByText('Créer le carnet «\u00a0Jardin\u00a0»').click();
  await expect(page.getByText('Les 2 notes sont ajoutées à «\u00a0Jardin\u00a0».')).toBeVisible();
  await box('Zone C').focus();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await main.getByRole('link', { name: /^Zone C/ }).click();
  await expect(page.getByRole('heading', { name: 'Zone C', level: 1 })).toBeVisible();
  expect(errors).toEqual([]);
});
