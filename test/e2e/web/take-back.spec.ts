import { expect, test } from '@playwright/test';
import { paragraph } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

test('a sitting is taken back by keyboard: what it would do and what it touches are read first, later work stays, and it is undone', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write, wait } = past;
  await write(ids.helene, paragraph('Un jardin.'), paragraph('La remise ferme le soir.'));
  wait(60);
  await write(ids.awa, paragraph('Un beau jardin rond.'), paragraph('La remise ferme le soir.'));
  wait(60);
  await write(ids.helene, paragraph('Un beau jardin très rond.'), paragraph('La remise ferme le soir.'));
  const { page, errors } = await openAs(browser, past.helene, `${past.url}/history?view=time`);
  const list = page.getByRole('list', { name: 'Séances de travail' });
  await list.getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('button', { name: /Awa/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: /Awa/ })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Retirer cette séance…' })).toBeFocused();
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Retirer des changements' });
  await expect(dialog.locator('del.change-removed').first()).toBeVisible();
  await expect(dialog.getByRole('listitem')).toContainText('« très », écrit à côté par');
  await takePicture(page, 'take-back-fr');
  expect(await seriousFaults(page)).toEqual([]);
  // The way through the changes, within the dialogue.
  await dialog.getByRole('group', { name: 'Ce que la note deviendrait' }).focus();
  await page.keyboard.press('n');
  await expect(dialog.locator('.is-current-change').first()).toBeVisible();

  // Somebody writes meanwhile: nothing is done behind anybody's back.
  await write(
    ids.helene,
    paragraph('Un beau jardin vraiment très rond.'),
    paragraph('La remise ferme le soir.'),
  );
  await dialog.getByRole('button', { name: 'Retirer ces changements' }).press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Quelqu’un a écrit entre-temps.');
  await expect(dialog.getByRole('list')).toContainText('vraiment');
  expect((await past.lines())[0]).toContain('beau');
  await dialog.getByRole('button', { name: 'Retirer ces changements' }).press('Enter');

  await expect(page.getByText('Les changements ont été retirés de la note.')).toBeVisible();
  await expect(page.getByRole('article', { name: 'La note au fil du temps' })).not.toContainText('beau');
  const after = await past.lines();
  expect(after[0]).not.toMatch(/beau|rond/);
  expect(after[0]).toContain('vraiment très');
  // What is written before it is undone stays.
  await write(ids.awa, paragraph(after[0]!), paragraph('La remise ferme à midi.'));
  await page.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect.poll(past.lines).toEqual(['Un beau jardin vraiment très rond.', 'La remise ferme à midi.']);
  await expect(page.getByText('La note est de nouveau comme avant.')).toBeVisible();
  // The refusal that was expected, and nothing else.
  expect(errors).toEqual([expect.stringContaining('409 (Conflict)')]);
});

test('what one person did between two moments is taken back, and nothing of the others', async ({
  browser,
}) => {
  past = await newPastNote('en');
  const { ids, write, wait } = past;
  await write(ids.helene, paragraph('A garden.'));
  wait(60);
  await write(ids.awa, paragraph('A garden.'), paragraph('By Awa, first.'));
  await write(ids.helene, paragraph('A garden.'), paragraph('By Awa, first.'), paragraph('By Hélène.'));
  wait(60);
  await write(
    ids.awa,
    paragraph('A garden.'),
    paragraph('By Awa, first.'),
    paragraph('By Hélène.'),
    paragraph('By Awa, later.'),
  );
  const { page } = await openAs(browser, past.helene, `${past.url}/history?view=time`, { locale: 'en-CA' });
  const list = page.getByRole('list', { name: 'Writing sessions' });
  await list.getByRole('button', { name: /Awa/ }).nth(1).click();
  await page.getByRole('button', { name: 'Take this session back…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take changes back' });
  await dialog.getByRole('combobox', { name: 'Whose' }).selectOption({ label: 'Awa' });
  await expect(dialog.getByText('By Awa, first.')).toBeVisible();
  await expect(dialog.locator('.block-change-removed')).toHaveCount(1);

  await dialog.getByText('Since this session').click();
  await dialog.getByRole('combobox', { name: 'Whose' }).selectOption({ label: 'Awa' });
  await expect(dialog.locator('.block-change-removed')).toHaveCount(2);

  await dialog.getByText('Between two moments').click();
  await takePicture(page, 'take-back-en');
  // Before anything was written there is nothing to take back, and it says so.
  await dialog.getByLabel('From').fill('2025-01-01T00:00:00');
  await dialog.getByLabel('To', { exact: true }).fill('2025-01-02T00:00:00');
  await expect(dialog.getByText('There is nothing to take back')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Take these changes back' })).toBeDisabled();
  await dialog.getByLabel('To', { exact: true }).fill('2030-01-02T00:00:00');
  await dialog.getByRole('combobox', { name: 'Whose' }).selectOption({ label: 'Awa' });
  await expect(dialog.locator('.block-change-removed')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Take these changes back' }).click();
  await expect.poll(past.lines).toEqual(['A garden.', 'By Hélène.']);
});
