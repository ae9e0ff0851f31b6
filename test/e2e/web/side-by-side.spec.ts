import { expect, test } from '@playwright/test';
import { bold, bulletList, heading, paragraph, table } from '#shared/document/buildContent.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

const shed = 'La remise ferme à six heures le soir, et les clés sont chez la voisine du second.';

test('two moments stand side by side, what belongs together at one height; the choice is kept, and a narrow window reads in one text', async ({
  browser,
}) => {
  past = await newPastNote();
  const { ids, write, wait } = past;
  const then = await write(
    ids.helene,
    heading(2, 'Le jardin'),
    paragraph('Le comité se réunit le mardi.'),
    paragraph(shed),
    bulletList('Seau', 'Corde'),
    table(['Jour', 'Qui'], ['Lundi', 'Luc']),
    paragraph('À bientôt.'),
  );
  wait(60);
  await write(
    ids.awa,
    heading(3, 'Le jardin'),
    paragraph('Le comité se réunit le ', bold('jeudi'), '.'),
    paragraph('Une ligne nouvelle, que personne n’avait écrite avant aujourd’hui dans cette note.'),
    bulletList('Seau', 'Pelle', 'Corde'),
    table(['Jour', 'Qui'], ['Lundi', 'Rose']),
    paragraph(bold('À bientôt.')),
  );
  const { page, context, errors } = await openAs(browser, past.helene, `${past.url}/history?since=${then}`, {
    viewport: { width: 1280, height: 900 },
  });
  const shown = page.getByRole('article', { name: 'Ce qui a changé depuis ce moment' });
  await expect(shown.locator('del.change-removed').first()).toBeVisible();
  // Said in words, not by a line alone.
  await expect(shown.locator('.note-reader .change-formatted').last()).toHaveAttribute(
    'title',
    'Mis en gras par Awa',
  );

  await page.getByRole('radio', { name: 'Dans le texte' }).focus();
  await page.keyboard.press('ArrowRight');
  const before = shown.getByRole('region', { name: 'Avant : 12 mars 2026 10:05' });
  const after = shown.getByRole('region', { name: 'Après : Maintenant' });
  await expect(before).toContainText('Le comité se réunit le mardi.');
  await expect(before.locator('ins')).toHaveCount(0);
  await expect(before).toContainText(shed);
  await expect(after).toContainText('Le comité se réunit le jeudi.');
  await expect(after.locator('del')).toHaveCount(0);
  await expect(after).not.toContainText('La remise ferme');
  // Of whose the words are, though the relay wrote them into a block that was there.
  await expect(before.locator('.block-change-removed')).toContainText('Retiré par Awa');
  await expect(after.locator('.block-change-added')).toContainText('Ajouté par Awa');
  await expect(before.getByRole('heading', { name: 'Le jardin' })).toHaveClass(/heading-2/);
  await expect(after.getByRole('heading', { name: 'Le jardin' })).toHaveClass(/heading-3/);
  const top = async (words: string, side: typeof before): Promise<number> =>
    Math.round((await side.getByText(words).first().boundingBox())!.y);
  for (const words of ['Le comité', 'Lundi', 'À bientôt.'])
    expect(Math.abs((await top(words, before)) - (await top(words, after)))).toBeLessThanOrEqual(1);
  await takePicture(page, 'sides-fr');
  expect(await seriousFaults(page)).toEqual([]);

  // The way through the changes, and what can be done with a passage, are the same.
  await page.keyboard.press('n');
  await expect(shown.locator('.is-current-change').first()).toBeVisible();
  await before
    .locator('.passage-place')
    .filter({ hasText: 'La remise ferme' })
    .getByRole('button', { name: 'Remettre ce passage' })
    .press('Enter');
  await expect.poll(past.lines).toContain(shed);
  await expect(after).toContainText('La remise ferme');

  await page.reload();
  await expect(before).toBeVisible();
  await page.setViewportSize({ width: 560, height: 900 });
  await expect(before).toHaveCount(0);
  await expect(shown.locator('del.change-removed').first()).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Côte à côte' })).toHaveCount(0);
  expect(errors).toEqual([]);
  await context.close();
});
