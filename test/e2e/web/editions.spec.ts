import { expect, test } from '@playwright/test';
import type { CarnetPage } from '#shared/api/collections.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

/** A carnet of one note, of Hélène and Awa. */
async function carnetOf(language: 'fr' | 'en'): Promise<string> {
  past = await newPastNote(language);
  const { helene, note, write, ids } = past;
  const made = await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Vie de quartier', language });
  const path = `/carnets/${made.collection.id}`;
  await helene.json('POST', `/api${path}/entries`, { memberIds: [note] });
  await write(ids.awa, paragraph('Un jardin pour tout le quartier.'));
  return path;
}

test('an edition is frozen, exported as it was, withdrawn and put back, by keyboard', async ({ browser }) => {
  const path = await carnetOf('fr');
  const { page, errors } = await openAs(browser, past.helene, past.relay.url + path);
  await page.getByRole('button', { name: 'Figer une édition…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Figer une édition' });
  await expect(dialog.getByLabel('Titre de l’édition')).toBeFocused();
  await page.keyboard.type('Version déposée');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Remise à l’université.');
  await takePicture(page, 'edition-freeze-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Figer l’édition' }).press('Enter');
  const editions = page.getByRole('list', { name: 'Éditions' });
  await expect(editions.getByRole('listitem')).toContainText([/Édition 1 – Version déposée.*par Hélène/]);

  await past.write(past.ids.helene, paragraph('Tout autre chose.'));
  await takePicture(page, 'editions-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await editions.getByRole('button', { name: 'Exporter : Édition 1' }).press('Enter');
  const out = page.getByRole('dialog', { name: 'Exporter le carnet' });
  await expect(out.getByRole('radio', { name: 'Édition…' })).toBeChecked();
  await takePicture(page, 'edition-export-fr');
  const opening = page.context().waitForEvent('page');
  await out.getByRole('link', { name: 'Ouvrir la version à imprimer' }).press('Enter');
  const sheet = await opening;
  await expect(sheet.getByText('Un jardin pour tout le quar')).toBeVisible();
  await expect(sheet.getByText('Tout autre chose')).toHaveCount(0);
  await expect(sheet.getByText('Remise à l’uni')).toBeVisible();
  await sheet.close();

  await editions.getByRole('button', { name: 'Actes sur : Édition 1' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Retirer cette édition' }).press('Enter');
  await expect(editions.getByRole('listitem')).toContainText('Retirée le');
  await page.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect(editions.getByRole('button', { name: 'Exporter : Édition 1' })).toBeVisible();
  expect(errors).toEqual([]);
});

for (const [language, words] of [
  [
    'fr',
    {
      export: 'Exporter : Édition 2',
      which: 'Laquelle',
      changes: 'Ajouter à la fin ce qui a changé depuis l’édition 1',
      print: 'Ouvrir la version à imprimer',
      title: 'Ce qui a changé depuis l’édition 1',
      row: 'Awa 1 3 0',
    },
  ],
  [
    'en',
    {
      export: 'Export: Edition 2',
      which: 'Which one',
      changes: 'Add at the end what changed since edition 1',
      print: 'Open the version to print',
      title: 'What changed since edition 1',
      row: 'Awa 1 3 0',
    },
  ],
] as const)
  test(`an edition tells what changed since the one before, where that is asked for (${language})`, async ({
    browser,
  }) => {
    const path = await carnetOf(language);
    await past.helene.json('POST', `/api${path}/editions`, { title: '' });
    await past.write(past.ids.awa, paragraph('Un jardin pour tout le quartier. Et trois pommiers.'));
    await past.helene.json('POST', `/api${path}/editions`, { title: '' });
    const { page, errors } = await openAs(browser, past.helene, past.relay.url + path, {
      locale: `${language}-CA`,
      viewport: { width: 1280, height: 860 },
    });
    await page.getByRole('button', { name: words.export }).press('Enter');
    const dialog = page.getByRole('dialog');
    const changes = dialog.getByRole('checkbox', { name: words.changes });
    const which = dialog.getByLabel(words.which);
    await expect(changes).toBeVisible();
    // The first has nothing before it.
    await which.selectOption('1');
    await expect(changes).toHaveCount(0);
    await which.selectOption('2');
    await changes.press('Space');
    await expect(changes).toBeChecked();
    await takePicture(page, `edition-changes-${language}`);
    expect(await seriousFaults(page)).toEqual([]);
    const opening = page.context().waitForEvent('page');
    await dialog.getByRole('link', { name: words.print }).press('Enter');
    const sheet = await opening;
    await expect(sheet.getByRole('heading', { name: words.title })).toBeVisible();
    await expect(sheet.getByRole('row', { name: words.row })).toBeVisible();
    await sheet.getByRole('heading', { name: words.title }).scrollIntoViewIfNeeded();
    await takePicture(sheet, `edition-annex-${language}`);
    await sheet.close();
    expect(errors).toEqual([]);
  });

test('in English', async ({ browser }) => {
  const path = await carnetOf('en');
  await past.helene.json('POST', `/api${path}/editions`, { title: 'Submitted version' });
  const { page, errors } = await openAs(browser, past.helene, past.relay.url + path, {
    locale: 'en-CA',
    viewport: { width: 1280, height: 860 },
  });
  const editions = page.getByRole('list', { name: 'Editions' });
  await expect(editions.getByRole('listitem')).toContainText([/Edition 1 – Submitted version.*by Hélène/]);
  await takePicture(page, 'editions-en');
  await page.getByRole('button', { name: 'Freeze an edition…' }).press('Enter');
  await takePicture(page, 'edition-freeze-en');
  expect(errors).toEqual([]);
});
