import path from 'node:path';
import { expect, test } from '@playwright/test';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { startAgain } from '../../support/launchDesktop.ts';

const desktop = desktopOfFile();

test('an archive that is opened shows what it holds, and nothing is made before that is agreed to', async () => {
  const page = await desktop.window();
  const file = path.join(desktop.folder, 'Premiers pas.calepin');
  await desktop.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Premiers pas/ })
    .click();
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Archive Calepin', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Faire l’archive' }).click();
  await dialog.getByRole('button', { name: 'Télécharger' }).click({ timeout: 60_000 });
  await expect(page.getByText(/est enregistré/)).toBeVisible();
  expect(await startAgain(desktop.folder, [file])).toBe(0);
  await expect.poll(() => desktop.windows().length, { timeout: 30_000 }).toBe(2);
  const second = await desktop.window();
  const taking = second.getByRole('dialog', { name: 'Importer des notes' });
  await expect(taking.getByText('Premiers pas', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(taking.getByRole('button', { name: 'Tout est déjà ici' })).toBeDisabled();
  await expect(second).toHaveURL(/\/$/);
  expect(desktop.errors).toEqual([]);
});
