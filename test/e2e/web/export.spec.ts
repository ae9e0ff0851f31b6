import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Download, expect, type Locator, type Page, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import * as build from '#shared/document/buildContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import { findPdfPrinter } from '#server/findPdfPrinter.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openAs, openOwner } from '../../support/openBrowser.ts';
import { readZip } from '../../support/readZip.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

const run = promisify(execFile);
test.setTimeout(120_000);

let relay: FullRelay;
test.afterEach(async () => {
  await relay.close();
});

/** Goes to the carnet, and opens what it can be made into by the keyboard. */
async function openExport(page: Page): Promise<Locator> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Premiers pas/ })
    .click();
  await page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter');
  return page.getByRole('dialog', { name: 'Exporter le carnet' });
}

async function downloadFrom(page: Page, dialog: Locator): Promise<Download> {
  await expect(dialog.getByText('C’est prêt')).toBeVisible({ timeout: 30_000 });
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter');
  return downloading;
}

test('a carnet becomes a PDF: progress is said, stopping works, and the file is downloaded', async ({
  browser,
}) => {
  relay = await newFullRelay({
    pdfPrinter: findPdfPrinter(findChromium(), process.env['PATH'] ?? ''),
  });
  const { page, errors } = await openOwner(browser, relay);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Premiers pas/ })
    .click();
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Exporter le carnet' });
  await dialog.getByText('A5', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Faire le PDF' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Avancement de l’export' })).toBeVisible();

  // Stopped: nothing is made, and one can begin again at once.
  await dialog.getByRole('button', { name: 'Arrêter' }).click();
  await expect(dialog.getByRole('button', { name: 'Faire le PDF' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Faire le PDF' }).click();
  // Left, it goes on: its end is told, and it is there for who comes back.
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/Premiers pas.*\.pdf.+est prêt/)).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  await expect(dialog.getByText(/C’est prêt – \d+ pages/)).toBeVisible();

  // Its pages are looked through with the keyboard.
  await dialog.getByRole('button', { name: 'Voir les pages' }).press('Enter');
  const look = page.getByRole('dialog', { name: /Premiers pas.*pdf/ });
  const picture = (n: number): Locator => look.getByRole('img', { name: `Page ${n}`, exact: true });
  const isDrawn = (n: number): Promise<void> =>
    expect
      .poll(() => picture(n).evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(700);
  await isDrawn(1);
  await takePicture(page, 'pages-fr');
  // Quicker than the pages come.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(look.getByRole('textbox', { name: 'Aller à la page' })).toHaveValue('3');
  await isDrawn(3);
  await page.keyboard.press('End');
  await expect(picture(1)).toHaveCount(0);
  await page.keyboard.press('Home');
  await isDrawn(1);
  await look.getByRole('textbox', { name: 'Aller à la page' }).fill('2');
  await isDrawn(2);
  await page.keyboard.press('Escape');
  await expect(look).toHaveCount(0);

  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/Premiers pas.*\.pdf$/);
  await expect(page.getByText(/Premiers pas.*\.pdf.+est enregistré/)).toBeVisible();
  const { stdout } = await run('pdfinfo', [await download.path()]);
  expect(stdout).toMatch(/Tagged:\s+yes/);
  expect(stdout).toMatch(/Page size:\s+4(19|20)/);
  expect(errors).toEqual([]);
});

test('how a book is made is chosen by keyboard and remembered; pictures without a text are told of, with the way to them', async ({
  browser,
}) => {
  relay = await newFullRelay({
    pdfPrinter: findPdfPrinter(findChromium(), process.env['PATH'] ?? ''),
  });
  const owner = await relay.signIn('fr');
  const { person } = await owner.json<Session>('GET', '/api/session');
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Le jardin en images' });
  const image = (alt: string | null) => build.image({ attachmentId: 'a'.repeat(22), alt });
  await relay.relay.operations.documents.change(note.id, { person: person!.id, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title: 'Le jardin en images',
      language: 'fr',
      sheet: emptySheet,
      body: build.body(image(null), image(''), image('Un potager'), build.paragraph('Texte.')),
    }),
  );
  const { page, errors } = await openAs(browser, owner, `${relay.url}/notes/${note.id}`, { locale: 'fr-CA' });
  const open = async () => {
    await page.getByRole('button', { name: 'Actes sur la note' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Exporter', exact: true }).press('Enter');
    return page.getByRole('dialog', { name: 'Exporter la note' });
  };
  const dialog = await open();
  await dialog.getByRole('radio', { name: 'Lettre' }).press('ArrowRight');
  await dialog.getByRole('radio', { name: 'A4', exact: true }).press('ArrowRight');
  await dialog.getByRole('radio', { name: 'Claire' }).press('ArrowRight');
  await expect(dialog.getByText('EB Garamond, titres au centre')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Numéroter les chapitres et les titres' }).press('Space');
  await expect(dialog.getByText('Une image n’a pas de description')).toBeVisible();
  await dialog.getByRole('button', { name: 'Faire le PDF' }).press('Enter');
  await expect(dialog.getByText(/C’est prêt – \d+ page/)).toBeVisible({ timeout: 90_000 });
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter');
  const { stdout } = await run('pdffonts', [await (await downloading).path()]);
  expect(stdout).toContain('EBGaramond');

  await page.reload();
  const again = await open();
  await expect(again.getByRole('radio', { name: 'A5' })).toBeChecked();
  await expect(again.getByRole('radio', { name: 'Classique' })).toBeChecked();
  await expect(again.getByRole('checkbox', { name: /Numéroter/ })).toBeChecked();
  await again.getByRole('region', { name: 'Images sans description' }).getByRole('link').press('Enter');
  await expect(again).toBeHidden();
  expect(errors.filter((error) => !error.includes('404') && !error.includes('403'))).toEqual([]);
});

test('a carnet becomes a folder of Markdown, chosen with the keyboard, also where nothing can print', async ({
  browser,
}) => {
  relay = await newFullRelay();
  const { page, errors } = await openOwner(browser, relay);
  const dialog = await openExport(page);
  const form = dialog.getByRole('radiogroup', { name: 'Sous quelle forme' });
  await form.getByRole('radio', { name: 'PDF' }).press('ArrowRight');
  await form.getByRole('radio', { name: 'EPUB' }).press('ArrowRight');
  await form.getByRole('radio', { name: 'Word' }).press('ArrowRight');
  await form.getByRole('radio', { name: 'Site web' }).press('ArrowRight');
  await expect(form.getByRole('radio', { name: 'Markdown' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Faire le dossier' }).press('Enter');
  const download = await downloadFrom(page, dialog);
  expect(download.suggestedFilename()).toMatch(/Premiers pas.*\.zip$/);
  const files = readZip(await readFile(await download.path()));
  expect([...files.keys()].filter((name) => name.endsWith('.md')).length).toBeGreaterThan(2);
  expect(files.get('LISEZ-MOI.md')?.toString()).toContain('# ');
  expect(errors).toEqual([]);
});

test('a carnet becomes a site, which is read from the disk with no network', async ({ browser }) => {
  relay = await newFullRelay();
  const { page, context, errors } = await openOwner(browser, relay);
  const dialog = await openExport(page);
  await dialog.getByText('Site web', { exact: true }).click();
  await takePicture(page, 'export-site');
  await dialog.getByRole('button', { name: 'Faire le site' }).press('Enter');
  const files = readZip(await readFile(await (await downloadFrom(page, dialog)).path()));
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-site-'));
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
  expect(errors).toEqual([]);
  await context.setOffline(true);
  const reader = await context.newPage();
  await reader.goto(pathToFileURL(path.join(folder, 'index.html')).href);
  await expect(reader.getByRole('heading', { level: 1, name: 'Premiers pas' })).toHaveCSS(
    'font-family',
    /Source Serif/,
  );
  await takePicture(reader, 'site-home');
  await reader.getByRole('link', { name: 'Bienvenue dans Calepin' }).first().click();
  await expect(reader.getByRole('heading', { level: 1, name: 'Bienvenue dans Calepin' })).toBeVisible();
  expect(await seriousFaults(reader)).toEqual([]);
  await reader.getByRole('navigation', { name: 'D’une note à l’autre' }).getByRole('link').last().click();
  await expect(reader.getByRole('heading', { level: 1, name: 'Écrire à plusieurs' })).toBeVisible();
  await takePicture(reader, 'site-note');
  await rm(folder, { recursive: true });
});

test('where nothing can print, the browser’s own dialogue is offered on the same pages', async ({
  browser,
}) => {
  relay = await newFullRelay();
  const { page, context } = await openOwner(browser, relay);
  await page
    .getByRole('main')
    .getByRole('link', { name: /Bienvenue dans Calepin/ })
    .click();
  await page.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'Exporter', exact: true }).click();
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Ouvrir la version à imprimer' }).click();
  const sheet = await opening;
  await expect(sheet.getByRole('heading', { name: 'Bienvenue dans Calepin' }).first()).toBeVisible();
});
