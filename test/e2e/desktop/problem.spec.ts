import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { takePicture } from '../../support/takePicture.ts';

const desktop = desktopOfFile({ isLaunched: false });

test('[R256] a start that fails says what happened and what is safe, gives the text, and becomes the application once it can', async () => {
  await desktop.launch();
  const page = await desktop.window();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Avant la panne');
  await page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await page.keyboard.type('Le texte est toujours là.');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await desktop.quit();

  const database = path.join(desktop.folder, 'calepin.sqlite');
  await rename(database, `${database}.whole`);
  await writeFile(database, 'not a database at all. '.repeat(500));
  await desktop.launch();
  const told = await desktop.window();
  await expect(told.getByRole('heading', { name: 'Les données de Calepin sont abîmées' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(told.getByText(desktop.folder, { exact: true })).toBeVisible();
  await expect(told.getByText('Avant la panne')).toBeVisible();
  await expect(told.getByText('Le texte est toujours là.')).toBeVisible();
  await takePicture(told, 'problem-damaged');
  await told.getByRole('button', { name: 'Copier le texte' }).first().click();
  await expect(told.getByRole('status')).toHaveText('C’est copié.');
  await told.getByRole('button', { name: 'Ouvrir le dossier' }).click();
  if (!desktop.isRealElectron)
    await expect
      .poll(() =>
        desktop.evaluate(
          (electron) => (Reflect.get(electron, 'host') as { shownInFolder: string[] }).shownInFolder,
        ),
      )
      .toEqual([desktop.folder]);
  await told.getByRole('button', { name: 'Réessayer' }).click();
  await expect(told.getByRole('status')).toHaveText('Cela n’a pas encore marché.', { timeout: 60_000 });
  // What is damaged was left as it is.
  expect((await readFile(database, 'utf8')).startsWith('not a database')).toBe(true);

  await rename(`${database}.whole`, database);
  await told.getByRole('button', { name: 'Réessayer' }).click();
  // A relay takes its time to start on a machine that is busy.
  await expect(told.getByRole('link', { name: /Avant la panne/ }).first()).toBeVisible({ timeout: 60_000 });
  // The log says what happened, and nothing of what was written or where.
  const log = await readFile(path.join(desktop.folder, 'logs/calepin.log'), 'utf8');
  expect(log).toMatch(/ relay_failed kind=damaged\n/);
  expect(log).not.toMatch(/panne|texte|calepin-desktop-/);
});
