import { expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

test('a note is made from a template by the keyboard, and a note becomes one', async ({ browser }) => {
  const { page, errors } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Créer un terme ou une organisation' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Nouvelle note à partir d’un modèle/ }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Nouvelle note à partir d’un modèle' });
  const preview = dialog.getByRole('region', { name: 'Aperçu du modèle' });
  await expect(preview.getByRole('heading', { name: 'Décisions' })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Chercher un modèle' }).fill('proces');
  await expect(preview.getByRole('heading', { name: 'Résolutions' })).toBeVisible();
  await takePicture(page, 'templates-dialog');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const title = page.getByRole('textbox', { name: 'Titre de la note' });
  await expect(title).toHaveValue('Procès-verbal');
  await expect(page.getByRole('textbox', { name: 'Texte de la note' })).toContainText('Ouverture et quorum');
  await title.fill('Procès-verbal du comité');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'En faire un modèle' }).click();
  await expect(page.getByRole('article').getByText('Modèle', { exact: true })).toBeVisible();

  await page.keyboard.press('Control+k');
  // Letters typed before the palette is there go nowhere.
  await page.getByPlaceholder(/^Chercher une note, un carnet/).fill('modèle');
  await page.getByText('Nouvelle note à partir d’un modèle').last().click();
  await dialog.getByRole('button', { name: /^Procès-verbal du comité/ }).click();
  await expect(preview.getByRole('heading', { name: 'Résolutions' })).toBeVisible();
  await takePicture(page, 'templates-own');
  await dialog.getByRole('button', { name: 'Créer la note' }).click();
  await expect(title).toHaveValue('Procès-verbal du comité');
  expect(errors).toEqual([]);
});

test('in English the templates are English', async ({ browser }) => {
  const { page } = await openOwner(browser, relay, {
    locale: 'en-CA',
    viewport: { width: 1280, height: 800 },
  });
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/^Find a note/).fill('from a template');
  await page.getByText('New note from a template').last().click();
  const dialog = page.getByRole('dialog', { name: 'New note from a template' });
  await dialog.getByRole('button', { name: /^How-to sheet/ }).focus();
  await expect(
    dialog.getByRole('region', { name: 'Preview of the template' }).getByRole('heading', { name: 'Steps' }),
  ).toBeVisible();
  await takePicture(page, 'templates-english');
  await dialog.getByRole('button', { name: 'Create the note' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Title of the note' })).toHaveValue('How-to sheet');
});

test('a carnet has a template, from which notes begin there', async ({ browser }) => {
  const { page, errors } = await openOwner(browser, relay);
  await page.getByRole('link', { name: /^Premiers pas/ }).click();
  await page.getByRole('button', { name: 'Choisir un modèle' }).press('Enter');
  const picker = page.getByRole('dialog', { name: 'Modèle des notes de ce carnet' });
  await expect(picker.getByText('La note commence vide.')).toBeVisible();
  await picker.getByRole('button', { name: /^Fiche pratique/ }).focus();
  await expect(picker.getByRole('heading', { name: 'Étapes' })).toBeVisible();
  await takePicture(page, 'carnet-template-picker');
  expect(await seriousFaults(page)).toEqual([]);
  await picker.getByRole('button', { name: 'Choisir', exact: true }).press('Enter');
  await expect(
    page.getByText('Les notes créées ici partent du modèle «\u00a0Fiche pratique\u00a0»'),
  ).toBeVisible();
  await takePicture(page, 'carnet-template');
  await page.getByRole('button', { name: 'Créer une note ici' }).press('Enter');
  const title = page.getByRole('textbox', { name: 'Titre de la note' });
  await expect(title).toHaveValue('Fiche pratique');

  await page.getByRole('link', { name: 'Premiers pas 7' }).click();
  await page.getByRole('button', { name: 'Créer autrement' }).press('Enter');
  await takePicture(page, 'carnet-template-menu');
  await page.getByRole('menuitem', { name: 'Note vide' }).press('Enter');
  await expect(title).toHaveValue('');

  await page.getByRole('link', { name: 'Premiers pas 8' }).click();
  await page.getByRole('button', { name: 'Changer de modèle' }).click();
  await picker.getByRole('button', { name: 'Aucun modèle' }).dblclick();
  await expect(page.getByRole('button', { name: 'Choisir un modèle' })).toBeVisible();
  await page.getByRole('button', { name: 'Annuler' }).last().click();
  await expect(
    page.getByText('Les notes créées ici partent du modèle «\u00a0Fiche pratique\u00a0»'),
  ).toBeVisible();
  expect(errors).toEqual([]);
});
