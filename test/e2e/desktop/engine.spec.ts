import { type Page, expect, test } from '@playwright/test';
import { desktopOfFile } from '../../support/desktopOfFile.ts';

// One application for the file: what ends in one test has come back for the next.
test.describe.configure({ mode: 'serial' });

const desktop = desktopOfFile();

/** Goes to the end of the text of the note that is open. */
async function toEnd(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await page.keyboard.press('Control+End');
}

const isSaved = (page: Page): Promise<void> =>
  expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });

const relayPid = (): Promise<number> =>
  desktop.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Calepin relay')?.pid ?? 0);

test('the relay ends in the middle of a sentence: it is started again, and no letter is missing', async () => {
  const page = await desktop.window();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Tunnel');
  await toEnd(page);
  await page.keyboard.type('Avant. ');
  await isSaved(page);
  const before = await relayPid();
  process.kill(before, 'SIGKILL');
  await page.keyboard.type('Pendant que le moteur repart. ', { delay: 5 });
  await expect(page.getByTestId('save-state')).not.toHaveAttribute('data-kind', 'saved');
  await isSaved(page);
  await page.keyboard.type('Après.');
  await isSaved(page);
  expect(await relayPid()).not.toBe(before);
  await page.reload();
  await expect(page.getByText('Avant. Pendant que le moteur repart. Après.')).toBeVisible();
});

test('the window’s own process ends: the window comes back with what was typed', async () => {
  const page = await desktop.window();
  await toEnd(page);
  await page.keyboard.type(' Encore.');
  await isSaved(page);
  await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect
    .poll(() =>
      desktop
        .evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
        )
        // Between its end and its return there is no page to ask.
        .catch(() => ''),
    )
    .toContain('Après. Encore.');
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('main ends as by a power cut: the next start has everything that was shown as saved', async () => {
  await desktop.kill();
  await desktop.launch();
  const page = await desktop.window();
  await page
    .getByRole('link', { name: /Tunnel/ })
    .first()
    .click();
  await expect(page.getByText('Après. Encore.')).toBeVisible();
});

test('quitting in the middle of a word waits until the word is stored', async () => {
  const page = await desktop.window();
  await toEnd(page);
  await page.keyboard.type(' Terminus');
  await desktop.quit();
  await desktop.launch();
  const next = await desktop.window();
  await next
    .getByRole('link', { name: /Tunnel/ })
    .first()
    .click();
  await expect(next.getByText('Encore. Terminus')).toBeVisible();
});
