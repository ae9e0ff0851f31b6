import { expect, type Page, test } from '@playwright/test';
import { paragraph } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

/** Opens the menu of the moment that is shown, by keyboard, and carries out one of its acts. */
async function act(page: Page, menu: string, name: string): Promise<void> {
  await page.getByRole('button', { name: menu }).press('Enter');
  const item = page.getByRole('menuitem', { name });
  await expect(item).toBeVisible();
  for (;;) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

test('any moment is put back, kept as a version under a name, and copied as a new note, by keyboard', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write, wait } = past;
  await write(ids.helene, paragraph('Un jardin.'));
  wait(60);
  const then = await write(ids.awa, paragraph('Un jardin.'), paragraph('Une remise.'));
  await write(ids.awa, paragraph('Un jardin.'));
  wait(60);
  await write(ids.helene, paragraph('Un jardin.'), paragraph('Une serre.'));
  const { page, errors } = await openAs(browser, past.helene, `${past.url}/history?view=time&at=${then}`);
  const note = page.getByRole('article', { name: 'La note au fil du temps' });
  await expect(note).toContainText('Une remise.');

  const menu = 'Actes sur ce moment';
  await act(page, menu, 'Enregistrer une version de ce moment…');
  const dialog = page.getByRole('dialog', { name: 'Enregistrer une version' });
  await expect(dialog).toContainText('telle qu’elle était le 12 mars 2026 11:05');
  await dialog.getByRole('textbox', { name: 'Nom de la version' }).fill('Avec la remise');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lue au comité du 12 mars.');
  await takePicture(page, 'moment-version-fr');
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter');
  const list = page.getByRole('list', { name: 'Séances de travail' });
  await expect(list.getByRole('button', { name: /Awa.*« Avec la remise »/ })).toBeVisible();

  await page.getByRole('button', { name: menu }).click();
  await expect(page.getByRole('menuitem', { name: 'Restaurer la note de ce moment' })).toBeVisible();
  await takePicture(page, 'moment-acts-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await act(page, menu, 'Restaurer la note de ce moment');
  await expect.poll(past.lines).toEqual(['Un jardin.', 'Une remise.']);
  await expect(page.getByText('La note est revenue au 12 mars 2026 11:05:')).toBeVisible();
  // What somebody writes before it is undone is not lost.
  await write(ids.awa, paragraph('Un jardin.'), paragraph('Une remise.'), paragraph('Un banc.'));
  await page.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect.poll(past.lines).toEqual(expect.arrayContaining(['Un jardin.', 'Une serre.', 'Un banc.']));
  expect(await past.lines()).not.toContain('Une remise.');

  await page.goto(`${past.url}/history`);
  const named = page
    .getByRole('navigation', { name: 'Versions de la note' })
    .getByRole('button', { name: /Avec la remise/ });
  await expect(named).toContainText('Lue au comité du 12 mars.');
  await named.press('Enter');
  await expect(page.getByRole('article')).toContainText('Lue au comité du 12 mars.');
  await takePicture(page, 'version-remark-fr');

  await page.goto(`${past.url}/history?view=time&at=${then}`);
  await expect(note).toContainText('Une remise.');
  await act(page, menu, 'Copier comme nouvelle note');
  await expect(page.getByRole('textbox', { name: 'Texte de la note' })).toContainText('Une remise.');
  await expect(page.getByRole('textbox', { name: 'Texte de la note' })).not.toContainText('Une serre.');
  expect(page.url()).not.toContain(past.note);
  expect(errors).toEqual([]);
});

test('a version is copied as a new note', async ({ browser }) => {
  past = await newPastNote('en');
  const { ids, write, helene, note } = past;
  await write(ids.helene, paragraph('A garden.'));
  await helene.json('POST', `/api/notes/${note}/versions`, { name: 'Draft' });
  await write(ids.awa, paragraph('A greenhouse.'));
  const { page } = await openAs(browser, helene, `${past.url}/history`, { locale: 'en-CA' });
  await page.getByRole('navigation', { name: 'Versions of the note' }).getByText('Draft').click();
  await takePicture(page, 'version-copy-en');
  await page.getByRole('button', { name: 'Copy as a new note' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text of the note' })).toContainText('A garden.');
  expect(page.url()).not.toContain(note);
});
