import { expect, test } from '@playwright/test';
import { bulletList, heading, paragraph } from '#shared/document/buildContent.ts';
import { titleOf } from '#shared/document/fields.ts';
import { emptySheet, readSheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

const [garden, shed, bench] = [
  'Un jardin pour tout le quartier.',
  'La remise ferme à six heures le soir.',
  'Un banc au soleil, près du mur.',
];

test('in a comparison, one passage is put back by keyboard; what others changed stays, and so it does when that is undone', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write, wait } = past;
  const then = await write(ids.helene, paragraph(garden), paragraph(shed), paragraph(bench));
  wait(60);
  await write(
    ids.awa,
    heading(2, 'Le jardin'),
    paragraph('Un grand jardin pour tout le quartier.'),
    paragraph(bench.replace('soleil', 'vent')),
    bulletList('Seau', 'Corde'),
  );
  const { page, errors } = await openAs(browser, past.helene, `${past.url}/history?since=${then}`);
  const shown = page.getByRole('article', { name: 'Ce qui a changé depuis ce moment' });
  await expect(shown.locator('del.change-removed').first()).toBeVisible();
  // To the change, then to what can be done with it.
  const removed = shown.locator('.passage-place').filter({ hasText: shed });
  const act = removed.getByRole('button', { name: 'Remettre ce passage' });
  for (;;) {
    await page.keyboard.press('n');
    if ((await removed.locator('.is-current-change').count()) > 0) break;
  }
  await expect(removed.locator('.passage-act')).toHaveCSS('opacity', '1');
  await takePicture(page, 'put-back-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(act).toBeFocused();
  await page.keyboard.press('Enter');
  const changed = ['Le jardin', 'Un grand jardin pour tout le quartier.', bench.replace('soleil', 'vent')];
  await expect
    .poll(past.lines)
    .toEqual(['Le jardin', 'Un grand jardin pour tout le quartier.', shed, changed[2], 'SeauCorde']);
  await expect(page.getByText('Le passage est remis dans la note.')).toBeVisible();
  // The comparison is of what the note says now.
  await expect(removed).toHaveCount(0);

  await write(
    ids.awa,
    heading(2, 'Le jardin'),
    paragraph('Un grand jardin pour tout le quartier.'),
    paragraph(shed),
    paragraph(bench),
    bulletList('Seau', 'Corde'),
  );
  await page.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect
    .poll(past.lines)
    .toEqual(['Le jardin', 'Un grand jardin pour tout le quartier.', bench, 'SeauCorde']);
  expect(errors).toEqual([]);
});

test('at a moment of the timeline, a passage that the note no longer holds is put back', async ({
  browser,
}) => {
  past = await newPastNote('en');
  const { ids, write, wait } = past;
  const then = await write(ids.awa, paragraph(garden), paragraph(shed));
  wait(60);
  await write(ids.helene, paragraph(garden));
  const { page } = await openAs(browser, past.helene, `${past.url}/history?view=time&at=${then}`, {
    locale: 'en-CA',
  });
  const note = page.getByRole('article', { name: 'The note through time' });
  await expect(note).toContainText(shed);
  // What the note still says needs nothing.
  const acts = note.getByRole('button', { name: 'Put this passage back' });
  await expect(acts).toHaveCount(1);
  await note.getByText(shed).hover();
  await takePicture(page, 'put-back-moment-en');
  await acts.click();
  await expect.poll(past.lines).toEqual([garden, shed]);
  await expect(page.getByText('The passage is back in the note.')).toBeVisible();
  await expect(acts).toHaveCount(0);
});

test('the title and a field of the sheet are put back alone, by keyboard', async ({ browser }) => {
  past = await newPastNote();
  const { ids, note, helene, relay } = past;
  await helene.json('PATCH', `/api/notes/${note}`, { kind: 'term' });
  const { documents } = relay.relay.operations;
  const say = (title: string, definition: string) =>
    documents.change(note, { person: ids.awa, operation: 'test' }, (doc) => {
      const body = { type: 'doc', content: [paragraph(garden)] };
      replaceNoteContent(doc, { title, body, language: 'fr', sheet: { ...emptySheet, definition } });
    });
  const { seq: then } = await say('Jardins partagés', 'Ce que des gens cultivent ensemble.');
  await say('Potagers', 'Ce que l’on mange.');
  const { page, errors } = await openAs(browser, helene, `${past.url}/history?since=${then}`);
  const shown = page.getByRole('article', { name: 'Ce qui a changé depuis ce moment' });
  const [title, definition] = ['Titre', 'Définition'].map((name) =>
    shown.getByRole('button', { name: `Remettre «\u00a0${name}\u00a0»` }),
  );
  await expect(title!).toBeVisible();
  await takePicture(page, 'put-back-field-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await title!.focus();
  await page.keyboard.press('Enter');
  await expect(title!).toHaveCount(0);
  await expect(page.getByText('C’est remis dans la note.').first()).toBeVisible();
  await definition!.focus();
  await page.keyboard.press('Enter');
  await expect(definition!).toHaveCount(0);
  const { doc } = (await documents.read(note))!;
  expect([titleOf(doc).toJSON(), readSheet(doc).definition]).toEqual([
    'Jardins partagés',
    'Ce que des gens cultivent ensemble.',
  ]);
  expect(errors).toEqual([]);
});
