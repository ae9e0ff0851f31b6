import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { paragraph } from '#shared/document/buildContent.ts';
import { readProof } from '#server/proof/readProof.ts';
import { verifyProof } from '#server/proof/verifyProof.ts';
import { rowChecksum } from '#server/storage/chain.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

const locale = { locale: 'en-CA', viewport: { width: 1280, height: 860 } };
let past: PastNote;
test.afterEach(async () => {
  await past.relay.close();
});

async function written(language: 'fr' | 'en'): Promise<void> {
  past = await newPastNote(language, 'sqlite');
  const { ids, write, wait, helene } = past;
  await write(ids.helene, paragraph('Un jardin pour tout le quartier.'));
  wait(60);
  await write(ids.awa, paragraph('Un grand jardin pour tout le quartier.'), paragraph('Et un banc.'));
  await helene.json('POST', `/api/notes/${past.note}/versions`, { name: 'Adoptée en assemblée' });
}

test('a version is told to be as it was written, by keyboard, and its proof is a file that is checked alone', async ({
  browser,
}) => {
  await written('fr');
  const { page, errors } = await openAs(browser, past.helene, `${past.url}/history`);
  const line = page.getByText('Intégrité vérifiée');
  await expect(line).toBeVisible();
  await page.getByRole('button', { name: /Adoptée en assemblée/ }).press('Enter');
  await expect(line).toBeVisible();
  const summary = page.locator('summary').filter({ hasText: 'Intégrité vérifiée' });
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Les 3 modifications qui mènent à cette version/)).toBeVisible();
  await takePicture(page, 'proof-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Télécharger la preuve' })).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('Jardins 2026-03-12.preuve.jsonl.gz');
  const proof = await readProof(await download.path());
  expect(verifyProof(proof).faults).toEqual([]);
  expect(proof.header.version).toMatchObject({ name: 'Adoptée en assemblée' });
  expect(errors).toEqual([]);
});

test('what somebody changed in the database is named in plain words', async ({ browser }) => {
  await written('en');
  const rows = await past.relay.log.read(past.note, 0);
  const altered = { ...rows[1]!, person: past.ids.awa };
  const database = new Database(path.join(past.relay.dataFolder!, 'calepin.sqlite'));
  database
    .prepare(
      'UPDATE log_row SET person = ?, checksum = ? WHERE seq = 2 AND number = (SELECT number FROM log_document WHERE document = ?)',
    )
    .run(altered.person, rowChecksum(altered), past.note);
  database.close();
  const { page } = await openAs(browser, past.helene, `${past.url}/history`, locale);
  await page.getByRole('button', { name: /Adoptée en assemblée/ }).press('Enter');
  await expect(page.getByText('The history of this note is no longer as it was written')).toBeVisible();
  await expect(page.locator('summary').getByText('Edit 2 is no longer as it was written.')).toBeVisible();
  await page.locator('summary').filter({ hasText: 'no longer' }).press('Enter');
  await expect(page.getByRole('link', { name: 'Download the proof' })).toHaveCount(0);
  await takePicture(page, 'proof-broken-en');
  expect(await seriousFaults(page)).toEqual([]);
});

test('a moment goes out as a proof from its menu', async ({ browser }) => {
  await written('en');
  const { page } = await openAs(browser, past.helene, `${past.url}/history?view=time`, locale);
  await page.getByRole('button', { name: 'Acts on this moment' }).press('Enter');
  const item = page.getByRole('menuitem', { name: 'Download the proof' });
  await expect(item).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), item.press('Enter')]);
  expect((await readFile(await download.path())).length).toBeGreaterThan(500);
});
