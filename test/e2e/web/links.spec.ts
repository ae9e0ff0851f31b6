import { type Page, expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import * as build from '#shared/document/buildContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

/** Makes a note with the person's own session. */
const newNote = (page: Page, title: string, kind = 'note'): Promise<NoteId> =>
  page.evaluate(
    async (json) => {
      const answer = await fetch('/api/notes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      });
      return ((await answer.json()) as NotePage).note.id;
    },
    { title, kind },
  );

test('links that lead nowhere are gone to, replaced and taken out, and terms of the text related and set aside, by the keyboard', async ({
  browser,
}) => {
  const { page, errors } = await openOwner(browser, relay);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const [note, target, term, other] = [
    await newNote(page, 'Trousse'),
    await newNote(page, 'Nouveau guide'),
    await newNote(page, 'Économie sociale', 'term'),
    await newNote(page, 'Bénévole', 'term'),
  ];
  const { documents, indexer } = relay.relay.operations;
  await documents.change(other, { person: null, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title: 'Bénévole',
      body: build.body(build.paragraph('')),
      language: 'fr',
      sheet: { ...emptySheet, plural: ['bénévoles'] },
    }),
  );
  await documents.change(note, { person: null, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title: 'Trousse',
      language: 'fr',
      body: build.body(
        build.paragraph('L’économie sociale vit de ses bénévoles.'),
        build.paragraph(
          'Voir aussi ',
          build.noteLink('A'.repeat(22), 'le vieux guide'),
          ' avant la rencontre.',
        ),
        build.paragraph('Le site ', build.link('https://exemple', 'de la table'), ' et le reste.'),
      ),
    }),
  );
  for (const id of [other, term, note]) await indexer.indexNow(id);
  await page.goto(`${relay.url}/notes/${note}`);

  const suggest = page.getByRole('button', { name: '2 termes trouvés dans le texte' });
  await suggest.focus();
  await page.keyboard.press('Enter');
  await takePicture(page, 'links-terms');
  await page.getByRole('button', { name: /^Relier «\sÉconomie sociale\s»/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Ne plus proposer «\sBénévole\s»/ }).focus();
  await page.keyboard.press('Enter');
  const related = page
    .getByRole('complementary', { name: 'Détails' })
    .getByRole('link', { name: 'Économie sociale' });
  await expect(related).toBeVisible();
  await expect(page.getByRole('button', { name: /trouvés? dans le texte/ })).toHaveCount(0);
  await page.reload();
  await expect(related).toBeVisible();
  await expect(page.getByRole('button', { name: /trouvés? dans le texte/ })).toHaveCount(0);

  const text = page.locator('.note-text');
  const lines = page.getByRole('listitem').filter({ hasText: 'Retirer le lien' });
  await expect(lines).toHaveCount(2);
  await lines.first().scrollIntoViewIfNeeded();
  await takePicture(page, 'links-broken');
  expect(await seriousFaults(page)).toEqual([]);
  await lines.first().getByRole('button', { name: 'Aller au lien' }).focus();
  await page.keyboard.press('Enter');
  await expect(text.locator('[data-note]')).toBeFocused();

  await lines.first().getByRole('button', { name: 'Remplacer' }).click();
  await page
    .getByRole('searchbox', { name: 'Chercher une note' })
    .or(page.getByLabel('Chercher une note'))
    .first()
    .fill('Nouveau');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Nouveau guide/ })
    .click();
  await expect(text.getByRole('link', { name: 'le vieux guide' })).toHaveAttribute(
    'href',
    `/notes/${target}`,
  );
  await expect(lines).toHaveCount(1);

  await lines.first().getByRole('button', { name: 'Retirer le lien' }).click();
  await expect(lines).toHaveCount(0);
  await expect(text.getByText('Le site de la table et le reste.')).toBeVisible();
  await expect(text.getByRole('link', { name: 'de la table' })).toHaveCount(0);
  await page
    .getByRole('alert')
    .filter({ hasText: 'Le lien est retiré' })
    .getByRole('button', { name: 'Annuler' })
    .click();
  await expect(text.getByRole('link', { name: 'de la table' })).toBeVisible();
  await lines.first().getByRole('button', { name: 'Remplacer' }).click();
  await page.getByLabel('Adresse', { exact: true }).fill('exemple.org');
  await page.keyboard.press('Enter');
  await expect(text.getByRole('link', { name: 'de la table' })).toHaveAttribute(
    'href',
    'https://exemple.org',
  );
  await expect(lines).toHaveCount(0);
  expect(errors).toEqual([]);
});
