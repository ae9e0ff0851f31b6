import { expect, test } from '@playwright/test';
import { chooseInMenu } from '../../support/chooseInMenu.ts';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { startAgain } from '../../support/launchDesktop.ts';
import { takePicture } from '../../support/takePicture.ts';

// What the window's own frame offers: searching the page, printing, and what goes in and out of it. One application for the file.
test.describe.configure({ mode: 'serial' });

const desktop = desktopOfFile();

test('[R253] a note that is read is searched by the menu: without accents, across words in bold, never in the navigation', async () => {
  const page = await desktop.window();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Pélican');
  await page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await page.keyboard.type('Le pélican dort : le péli');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('can');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' pêche.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Péli');
  await page.keyboard.press('Enter');
  await page.keyboard.type('can');

  // Written, the note is searched by its editor's own bar.
  await chooseInMenu(desktop, 'Rechercher dans la page');
  await expect(page.getByRole('search', { name: 'Rechercher dans la note' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Terminer', exact: true }).click();
  await chooseInMenu(desktop, 'Rechercher dans la page');
  const bar = page.getByRole('search', { name: 'Rechercher dans la page' });
  await expect(bar.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('pelican');
  // The title, the first one, the one that is half in bold, and how the note is cited; not the halves in two paragraphs, nor the note's name in the navigation.
  await expect(bar.getByRole('status')).toHaveText('1 sur 4');
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('2 sur 4');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+F3');
  await expect(bar.getByRole('status')).toHaveText('4 sur 4');
  const marked = () =>
    page.evaluate(() =>
      ['found', 'found-now'].map((name) => [...(CSS.highlights.get(name) ?? [])].map(String)),
    );
  expect(await marked()).toEqual([['Pélican', 'pélican', 'pélican', 'Pélican'], ['Pélican']]);
  await takePicture(page, 'find-in-page');
  await bar.getByRole('textbox').fill('loutre');
  await expect(bar.getByRole('status')).toHaveText('Aucun résultat');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  expect(await marked()).toEqual([[], []]);
});

test('the menu prints the page of the window in front by the system’s dialogue', async () => {
  await chooseInMenu(desktop, 'Imprimer…');
  const printed = await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => Reflect.get(webContents, 'hostPrints') as number),
  );
  expect(printed).toEqual([1]);
});

test('[R254] [R255] the application is set up on its page of settings: spelling, and the icon beside the clock', async () => {
  const page = await desktop.window();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await chooseInMenu(desktop, 'Réglages…');
  const spelling = () =>
    desktop.evaluate(({ session: { defaultSession } }) => [
      defaultSession.isSpellCheckerEnabled(),
      ...defaultSession.getSpellCheckerLanguages(),
    ]);
  // The host checks nothing itself: what it was asked to is what is seen here.
  expect(await spelling()).toEqual([true, 'fr', 'en-CA']);
  const choice = page.getByRole('radiogroup', { name: 'Vérifier l’orthographe' });
  await choice.getByText('Français', { exact: true }).click();
  await expect.poll(spelling).toEqual([true, 'fr']);
  await choice.getByText('Non', { exact: true }).click();
  await expect.poll(async () => (await spelling())[0]).toBe(false);
  await page.getByRole('switch', { name: 'Garder Calepin à portée de la main' }).scrollIntoViewIfNeeded();
  await takePicture(page, 'settings-application');
  await page.getByRole('switch', { name: 'Garder Calepin à portée de la main' }).click();
  const icons = () =>
    desktop.evaluate(({ Tray }) => (Reflect.get(Tray, 'hostShown') as () => unknown[])().length);
  await expect.poll(icons).toBe(1);
  await page.close();
  await expect.poll(() => desktop.windows().length).toBe(0);
  expect(await startAgain(desktop.folder, [])).toBe(0);
  await expect.poll(() => desktop.windows().length).toBe(1);
  const next = await desktop.window();
  await expect(next.getByRole('navigation').first()).toBeVisible();
  await chooseInMenu(desktop, 'Réglages…');
  await next.getByRole('switch', { name: 'Garder Calepin à portée de la main' }).click();
  await expect.poll(icons).toBe(0);
});

test('[R260] the menu lists the notes changed last, and opens one beside', async () => {
  const page = await desktop.window();
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.emit('focus'));
  const recent = () =>
    desktop.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .find(({ label }) => label === 'Notes récentes')
        ?.submenu?.items.map(({ label }) => label),
    );
  await expect.poll(async () => (await recent())?.[0]).toBe('Pélican');
  await desktop.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      .find(({ label }) => label === 'Notes récentes')
      ?.submenu?.items[0]?.click(),
  );
  await expect.poll(() => desktop.windows().length).toBe(2);
  const beside = await desktop.window();
  await expect(beside.getByText('Le pélican dort')).toBeVisible();
  await beside.close();
  await expect.poll(() => desktop.windows().length).toBe(1);
  expect(page.isClosed()).toBe(false);
});

test('[R261] a file that is dropped on a page is offered for import, and nothing is made before it is agreed', async () => {
  const page = await desktop.window();
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  const drag = (type: 'dragover' | 'drop') =>
    page.evaluate((name) => {
      const carried = new DataTransfer();
      carried.items.add(new File(['# Loutre\n\nElle nage.'], 'loutre.md', { type: 'text/markdown' }));
      document.body.dispatchEvent(
        new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: carried }),
      );
    }, type);
  await drag('dragover');
  await expect(page.getByText('Déposez pour importer')).toBeVisible();
  await takePicture(page, 'drop-files');
  await drag('drop');
  const dialog = page.getByRole('dialog', { name: 'Importer des notes' });
  await expect(dialog.getByText('Loutre').first()).toBeVisible();
  await expect(page.getByText('Déposez pour importer')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: /Loutre/ })).toHaveCount(0);
});
