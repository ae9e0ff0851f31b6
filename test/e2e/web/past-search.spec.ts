import { expect, type Page, test } from '@playwright/test';
import type { SearchResults } from '#shared/api/notes.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

/** Carries out a command by its name, by keyboard: down to it, past what else bears these words. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('Chercher une note, un carnet, un acte…')).toBeFocused();
  const answered = page.waitForResponse((answer) => {
    const url = new URL(answer.url());
    return url.pathname === '/api/search' && url.searchParams.get('q') === name;
  });
  await page.keyboard.type(name);
  // What is found comes above the acts, and Enter opens what is seen first until one has gone down.
  const { notes } = (await (await answered).json()) as SearchResults;
  const [first] = notes;
  if (first !== undefined) await expect(page.locator('[data-action]').first()).toContainText(first.title);
  const act = page.locator('[data-action]').filter({ hasText: name });
  await expect(async () => {
    if ((await act.getAttribute('data-selected')) === null) await page.keyboard.press('ArrowDown');
    await expect(act).toHaveAttribute('data-selected', 'true', { timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
}

test('a passage that is gone is found by keyboard from the palette, with when it came and went and by whom, and seen where it stood', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write, wait } = past;
  await write(ids.helene, paragraph('Un jardin.'), paragraph('La remise ferme le soir.'));
  wait(60);
  await write(
    ids.awa,
    paragraph('Un jardin près de l’étang.'),
    paragraph('La remise ferme le soir.'),
    paragraph('Un étang se vide en avril.'),
  );
  wait(60);
  await write(ids.awa, paragraph('Un jardin près de l’étang.'), paragraph('La remise ferme.'));
  wait(60);
  await write(ids.helene, paragraph('Un jardin.'), paragraph('La remise ferme.'));
  const { page, errors } = await openAs(browser, past.helene, past.url);
  await expect(page.getByRole('article')).toContainText('La remise ferme.');

  await command(page, 'Chercher dans l’histoire');
  const box = page.getByRole('searchbox', { name: 'Chercher dans l’histoire' });
  await expect(box).toBeFocused();
  // Neither the accent nor the apostrophe need be typed as they were.
  await page.keyboard.type("l'etang");
  const list = page.getByRole('list', { name: 'Passages trouvés' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('listitem')).toContainText(
    'Écrit par Awa, là du 12 mars 2026 11:05 au 12 mars 2026 13:05. Retiré par Hélène.',
  );
  await page.keyboard.press('Enter');
  const note = page.getByRole('article', { name: 'La note au fil du temps' });
  await expect(note.locator('mark.found[aria-current]')).toHaveText('l’étang');
  await expect(note).toContainText('se vide en avril');
  await takePicture(page, 'past-search-fr');
  expect(await seriousFaults(page)).toEqual([]);

  // As it last stood.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('button', { name: 'Voir la dernière fois' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(note).not.toContainText('se vide en avril');
  await expect(note.locator('mark.found')).toHaveText('l’étang');
  // The address leads back to it.
  await expect(page).toHaveURL(/past=/);
  await page.reload();
  await expect(note.locator('mark.found')).toHaveText('l’étang');

  await box.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('jamais dit');
  await expect(page.getByText(/jamais dit.*n’a jamais été écrit/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Séances de travail' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('the palette leads to the note through time and to who wrote it, the title coloured too', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write } = past;
  await write(ids.helene, paragraph('Un jardin.'));
  await write(ids.awa, paragraph('Un jardin. Une remise.'));
  const { page } = await openAs(browser, past.helene, past.url);
  await expect(page.getByRole('article')).toContainText('Une remise.');
  await command(page, 'La note au fil du temps');
  await expect(page.getByRole('article', { name: 'La note au fil du temps' })).toContainText('Une remise.');
  await command(page, 'Qui a écrit ça');
  const shown = page.getByRole('article', { name: 'Qui a écrit quoi' });
  await expect(shown.getByRole('heading', { level: 1 }).locator('.authored[title^="Hélène"]')).toHaveText(
    'Jardins',
  );
  await takePicture(page, 'authors-title-fr');

  // On the note's own page, with words chosen in the editor: of these words.
  await page.goto(past.url);
  await page.getByRole('button', { name: 'Modifier' }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await body.click();
  await page.keyboard.press('Control+End');
  for (let at = 0; at < 'remise.'.length; at += 1) await page.keyboard.press('Shift+ArrowLeft');
  // In the text itself the keys of the palette make a link of chosen words.
  await page.getByRole('button', { name: 'Partager' }).focus();
  await command(page, 'Qui a écrit ça');
  const who = page.getByRole('dialog', { name: /^Qui a écrit ça/ });
  await expect(who).toContainText('Awa');
  await page.keyboard.press('Escape');
  await expect(who).toHaveCount(0);
});
