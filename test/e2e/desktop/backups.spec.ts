import { mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { chooseInMenu } from '../../support/chooseInMenu.ts';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { takePicture } from '../../support/takePicture.ts';

// One application for the file: what is copied in one test is put back in the next.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

const desktop = desktopOfFile();
let copies: string;
test.beforeAll(async () => {
  copies = path.join(desktop.folder, 'disque');
  await mkdir(copies);
  await desktop.window();
  await desktop.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, copies);
});

async function newNote(page: Page, title: string): Promise<void> {
  const before = page.url();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.waitForURL((url) => url.pathname.startsWith('/notes/') && url.href !== before);
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill(title);
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });
}

const part = (page: Page) => page.locator('#backups');

test('[R267] « Sauvegarder mes notes… » makes a copy in the folder that is chosen, and says what is in it', async () => {
  const page = await desktop.window();
  await newNote(page, 'Avant la copie');
  await chooseInMenu(desktop, 'Sauvegarder mes notes…');
  await expect(page).toHaveURL(/\/settings#backups$/);
  await expect(part(page).getByText('Aucune sauvegarde n’a encore été faite.')).toBeVisible();
  await part(page).getByRole('button', { name: 'Choisir…' }).click();
  await part(page).getByText('Chaque jour', { exact: true }).click();
  await part(page).getByRole('button', { name: 'Sauvegarder maintenant' }).click();
  await expect(
    part(page).getByText(/Dernière sauvegarde\s: .+, \d+ documents et \d+ fichiers?\./),
  ).toBeVisible({
    timeout: 60_000,
  });
  await part(page).scrollIntoViewIfNeeded();
  await takePicture(page, 'backups-fr');
  expect((await readdir(copies)).length).toBeGreaterThan(0);
});

test('[R267] « Restaurer une sauvegarde… » shows what each holds, puts one back without a restart of the application, and that can be taken back', async () => {
  const page = await desktop.window();
  await newNote(page, 'Après la copie');
  await chooseInMenu(desktop, 'Restaurer une sauvegarde…');
  const dialog = page.getByRole('dialog', { name: 'Restaurer une sauvegarde' });
  await dialog.getByRole('button', { name: 'Voir les sauvegardes' }).click();
  await dialog.getByRole('radio').first().check();
  await takePicture(page, 'backups-restore-fr');
  await dialog.getByRole('button', { name: 'Restaurer', exact: true }).click();
  await expect(part(page).getByText(/La sauvegarde du .+ a été remise le/)).toBeVisible({ timeout: 60_000 });
  const list = page.getByRole('navigation').first();
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(page.getByRole('link', { name: /Avant la copie/ }).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /Après la copie/ })).toHaveCount(0);
  await expect(list).toBeVisible();
  await chooseInMenu(desktop, 'Sauvegarder mes notes…');
  await part(page).getByRole('button', { name: 'Revenir à ce qui était là avant' }).click();
  await expect(part(page).getByText(/Ce qui était là avant a été remis le/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /Après la copie/ })
      .first(),
  ).toBeVisible();
});

test('[R268] a disk that is not there is said in the sidebar, wherever one is', async () => {
  const page = await desktop.window();
  await rename(copies, `${copies} rangé`);
  await chooseInMenu(desktop, 'Sauvegarder mes notes…');
  await part(page).getByRole('button', { name: 'Sauvegarder maintenant' }).click();
  await expect(part(page).getByText(/le dossier n’est pas là/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(page.getByRole('link', { name: 'La sauvegarde ne se fait pas' })).toBeVisible();
  await takePicture(page, 'backups-missing-fr');
});
