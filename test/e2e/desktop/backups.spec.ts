import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Desktop, launchDesktop } from '../../support/launchDesktop.ts';
import { takePicture } from '../../support/takePicture.ts';

// One application for the file: what is copied in one test is put back in the next.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let folder: string;
let copies: string;
let desktop: Desktop;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-desktop-'));
  copies = path.join(folder, 'disque');
  await mkdir(copies);
  desktop = await launchDesktop(folder);
  await desktop.window();
  await desktop.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, copies);
});
test.afterAll(async () => {
  await desktop.kill();
  // The browser takes a moment to leave its profile.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Chooses a line of the application's menu. */
const choose = (label: string): Promise<void> =>
  desktop.evaluate(({ Menu, BrowserWindow }, wanted) => {
    // A test's window has not always the focus of the screen.
    BrowserWindow.getFocusedWindow = () => BrowserWindow.getAllWindows().at(-1) ?? null;
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find((item) => item.label === wanted)?.click();
  }, label);

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
  await choose('Sauvegarder mes notes…');
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
  await choose('Restaurer une sauvegarde…');
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
  await choose('Sauvegarder mes notes…');
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
  await choose('Sauvegarder mes notes…');
  await part(page).getByRole('button', { name: 'Sauvegarder maintenant' }).click();
  await expect(part(page).getByText(/le dossier n’est pas là/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(page.getByRole('link', { name: 'La sauvegarde ne se fait pas' })).toBeVisible();
  await takePicture(page, 'backups-missing-fr');
});
