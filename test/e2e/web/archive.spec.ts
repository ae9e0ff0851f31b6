import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { newSharedCarnet, type SharedCarnet } from '../../support/newSharedCarnet.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let home: SharedCarnet;
let away: FullRelay;
let folder: string;
test.beforeEach(async () => {
  [home, away] = [await newSharedCarnet(), await newFullRelay()];
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-archive-'));
});
test.afterEach(async () => {
  await home.relay.close();
  await away.close();
  await rm(folder, { recursive: true });
});

test('[R234] a carnet goes into one file, which is read from the disk with no network, with its history; another Calepin takes it up', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, home.relay);
  await page.goto(`${home.relay.url}/carnets/${home.carnet}`);
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Archive Calepin', { exact: true }).click();
  await expect(dialog.getByText('il s’ouvre dans tout navigateur', { exact: false })).toBeVisible();
  await takePicture(page, 'archive-export');
  await dialog.getByRole('button', { name: 'Faire l’archive' }).click();
  await expect(dialog.getByText('Le jardin.calepin.html')).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  const file = path.join(folder, (await download).suggestedFilename());
  await (await download).saveAs(file);

  // Somebody without Calepin, in a train.
  const train = await browser.newContext({ offline: true });
  const paper = await train.newPage();
  const said: string[] = [];
  paper.on('console', (message) => said.push(message.text()));
  paper.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) said.push(request.url());
  });
  await paper.goto(pathToFileURL(file).href);
  await expect(paper.getByRole('heading', { name: 'Le jardin', level: 1 })).toBeVisible();
  await expect(paper.getByText('est réservée à d’autres personnes', { exact: false })).toBeVisible();
  expect(await seriousFaults(paper)).toEqual([]);
  await takePicture(paper, 'archive-home');
  await paper.getByRole('link', { name: 'Semis de printemps' }).click();
  await expect(paper.getByRole('heading', { name: 'Semis de printemps', level: 1 })).toBeVisible();
  await expect(paper.getByRole('heading', { name: 'Le jardin', level: 1 })).toBeHidden();
  const picture = paper.getByRole('img', { name: 'Le plan du jardin' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40);
  await paper.getByText('Adoptée').click();
  await expect(paper.getByText('Des tomates et des haricots.')).toBeVisible();
  await expect(paper.getByText('Et l’eau ?')).toBeVisible();
  expect(await seriousFaults(paper)).toEqual([]);
  await takePicture(paper, 'archive-note');
  await paper.getByRole('link', { name: 'Toutes les notes' }).click();
  await expect(paper.getByRole('heading', { name: 'Le jardin', level: 1 })).toBeVisible();
  expect(said).toEqual([]);

  const tom = await openOwner(browser, away);
  await tom.page.getByRole('button', { name: 'Créer un terme ou une organisation' }).click();
  await tom.page.getByRole('menuitem', { name: /^Importer…/ }).click();
  const taking = tom.page.getByRole('dialog', { name: 'Importer des notes' });
  await taking.locator('input[type=file]').first().setInputFiles(file);
  // On a busy machine its logs take a while to be read.
  await expect(taking.getByText('Archive faite pour Hélène', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
  await expect(taking.getByRole('list', { name: 'Les notes qui seront créées' })).toContainText(
    'son texte, sans historique',
  );
  expect(await seriousFaults(tom.page)).toEqual([]);
  await takePicture(tom.page, 'archive-import');
  await taking.getByRole('button', { name: 'Reprendre l’archive' }).click();
  await expect(tom.page.getByRole('heading', { name: 'Le jardin', level: 1 })).toBeVisible();
  await tom.page.goto(`${away.url}/notes/${home.notes.shared}/history`);
  await expect(tom.page.getByText('Awa (selon l’archive)', { exact: false }).first()).toBeVisible();
  await takePicture(tom.page, 'archive-history');
  expect(tom.errors).toEqual([]);
});

test('[R234] a base goes into an archive from its menu, and all of one’s notes from the settings', async ({
  browser,
}) => {
  const { helene, carnet } = home;
  const base = await helene.json<{ collection: { id: string } }>('POST', '/api/bases', { title: 'Tout' });
  await helene.json('POST', `/api/bases/${base.collection.id}/entries`, { memberIds: [carnet] });
  const { page, errors } = await openOwner(browser, home.relay);
  await page.goto(`${home.relay.url}/bases/${base.collection.id}`);
  await page.getByRole('button', { name: 'Actes sur la base' }).click();
  await page.getByRole('menuitem', { name: 'Exporter' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('avec les carnets de la base', { exact: false })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'archive-base');
  await dialog.getByRole('button', { name: 'Faire l’archive' }).click();
  await expect(dialog.getByText('Tout.calepin.html')).toBeVisible();

  await page.goto(`${home.relay.url}/settings`);
  await page.getByRole('button', { name: 'Archiver toutes mes notes…' }).scrollIntoViewIfNeeded();
  await takePicture(page, 'archive-settings');
  await page.getByRole('button', { name: 'Archiver toutes mes notes…' }).click();
  await dialog.getByRole('button', { name: 'Faire l’archive' }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  const file = path.join(folder, 'all.html');
  await (await download).saveAs(file);
  const paper = await (await browser.newContext({ offline: true })).newPage();
  await paper.goto(pathToFileURL(file).href);
  await expect(paper.getByRole('link', { name: 'Semis de printemps' })).toBeVisible();
  expect(errors).toEqual([]);
});
