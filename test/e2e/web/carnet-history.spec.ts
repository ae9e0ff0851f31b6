import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { CarnetPage } from '#shared/api/collections.ts';
import { addCategory, entriesOf, fileEntry } from '#shared/document/fields.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import type { CarnetId, CategoryId, MemberId, NoteId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { readZip } from '../../support/readZip.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let past: PastNote;
let carnet: CarnetId;
test.afterEach(async () => {
  await past.relay.close();
});

/** Hélène and Awa fill a carnet; a day later the note that it began with is taken out. */
async function filled(language: 'fr' | 'en'): Promise<void> {
  past = await newPastNote(language);
  const { helene, ids, wait, relay, note, write } = past;
  const { documents, indexer } = relay.relay.operations;
  const made = await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Vie de quartier', language });
  carnet = made.collection.id;
  const path = `/api/carnets/${carnet}`;
  const others: NoteId[] = [];
  for (const title of ['Compost', 'Ruches']) {
    const page = await helene.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title, language });
    others.push(page.note.id);
  }
  wait(60);
  await helene.json('POST', `${path}/entries`, { memberIds: [note, ...others] });
  wait(30);
  await write(ids.awa, paragraph('Un jardin pour tout le quartier.'));
  await helene.json('POST', `/api/notes/${note}/versions`, { name: 'Relue' });
  wait(60);
  const category = newId<CategoryId>();
  await documents.change(carnet, { person: ids.helene, operation: 'test' }, (doc) => {
    addCategory(doc, { id: category, name: 'Au sol', order: 'a0', list: '' });
    fileEntry(doc, others[0] as MemberId, [category], category);
    entriesOf(doc).get(others[1]!)!.set('pinned', true);
  });
  await indexer.indexNow(carnet);
  wait(24 * 60);
  await helene.json('DELETE', `${path}/entries/${note}`);
}
const holds = async (): Promise<string[]> =>
  (await past.helene.json<CarnetPage>('GET', `/api/carnets/${carnet}`)).entries.map((one) => one.note!.title);

test('the history of a carnet is read, looked at as it was, gone back to and undone, by keyboard', async ({
  browser,
}) => {
  await filled('fr');
  const { page, errors } = await openAs(browser, past.helene, `${past.relay.url}/carnets/${carnet}`);
  await page.getByRole('link', { name: 'Voir l’historique du carnet' }).press('Enter');
  const acts = page.getByRole('list', { name: 'Ce qui a été fait' });
  await expect(acts.getByRole('listitem').first()).toContainText('Retiré par Hélène');
  await expect(acts).toContainText('« Relue »');
  const now = page.getByRole('list', { name: 'Ce que le carnet contenait' });
  await expect(now.getByRole('listitem')).toHaveText([/Ruches/, /Compost/]);
  const filed = acts.getByRole('button', { name: /Classé par Hélène/ });
  await filed.press('Enter');
  await expect(page.getByRole('article', { name: /^Le carnet, le 12 mars 2026/ })).toBeVisible();
  await expect(now.getByRole('listitem')).toHaveText([/Ruches.*Épinglée/, /Jardins/, /Compost.*Au sol/]);
  await expect(filed).toHaveAttribute('aria-current', 'true');
  await takePicture(page, 'carnet-history-fr');
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByRole('button', { name: 'Revenir à ce moment…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Ramener le carnet à ce moment' });
  await expect(dialog).toContainText('Ces notes reviennent« Jardins »');
  await takePicture(page, 'carnet-restore-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Ramener le carnet' }).press('Enter');
  await expect.poll(holds).toEqual(['Ruches', 'Jardins', 'Compost']);
  await expect(acts.getByRole('listitem').first()).toContainText(
    'Carnet ramené à un moment antérieur par Hélène',
  );
  await page.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect.poll(holds).toEqual(['Ruches', 'Compost']);
  await expect(acts.getByRole('listitem').first()).toContainText('Retour en arrière annulé par Hélène');
  expect(errors).toEqual([]);
});

test('a date shows the carnet of then, and its notes lead to what they said then', async ({ browser }) => {
  await filled('en');
  const { page, errors } = await openAs(browser, past.helene, `${past.relay.url}/carnets/${carnet}/history`, {
    locale: 'en-CA',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 860 },
  });
  const field = page.getByLabel('See the carnet on');
  await field.fill('2026-03-12T16:00:00');
  await field.press('Enter');
  const held = page.getByRole('list', { name: 'What the carnet held' });
  await expect(held.getByRole('listitem')).toHaveText([/Jardins/, /Compost/, /Ruches/]);
  await takePicture(page, 'carnet-history-en');
  await held.getByRole('button', { name: /Jardins/ }).press('Enter');
  await expect(page).toHaveURL(/\/notes\/.*\/history\?view=time&at=\d+/);
  await page.goBack();
  await page.getByRole('button', { name: 'Back to now' }).press('Enter');
  await expect(page.getByRole('article', { name: 'The carnet now' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('a carnet is exported as it was on a date, by keyboard', async ({ browser }) => {
  await filled('fr');
  const { page, errors } = await openAs(browser, past.helene, `${past.relay.url}/carnets/${carnet}`, {
    timezoneId: 'UTC',
  });
  await page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Exporter le carnet' });
  await dialog.getByRole('radio', { name: 'Maintenant' }).press('ArrowRight');
  const date = dialog.getByLabel('Date et heure');
  await date.fill('2026-03-12T16:00:00');
  await takePicture(page, 'export-moment-fr');
  expect(await seriousFaults(page)).toEqual([]);
  const form = dialog.getByRole('radiogroup', { name: 'Sous quelle forme' });
  for (const name of ['PDF', 'EPUB', 'Word', 'Site web'])
    await form.getByRole('radio', { name }).press('ArrowRight');
  await dialog.getByRole('button', { name: 'Faire le dossier' }).press('Enter');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger' }).press('Enter');
  const files = readZip(await readFile(await (await downloading).path()));
  expect([...files.keys()].sort()).toEqual(['Compost.md', 'Jardins.md', 'LISEZ-MOI.md', 'Ruches.md']);

  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Exporter', exact: true }).press('Enter');
  await dialog.getByRole('radio', { name: 'Maintenant' }).press('ArrowRight');
  await date.fill('2020-01-01T00:00:00');
  for (const name of ['PDF', 'EPUB', 'Word', 'Site web'])
    await form.getByRole('radio', { name }).press('ArrowRight');
  await dialog.getByRole('button', { name: 'Faire le dossier' }).press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Il n’y avait encore rien à ce moment');
  expect(errors.filter((error) => !error.includes('400'))).toEqual([]);
});
