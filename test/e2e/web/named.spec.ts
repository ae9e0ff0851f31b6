import { expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { loadCaller } from '#server/Caller.ts';
import { createNote } from '#server/operations/createNote.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

// Dialogues that find one of many by its name: the relay looks through them, and the page asks for no more than it shows.

const count = 130;

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(() => relay.close());

test('an organisation for one’s page, and a term for a note, are found among more than are shown, by the keyboard', async ({
  browser,
}) => {
  const owner = await relay.signIn();
  const { person } = await owner.json<Session>('GET', '/api/session');
  const { operations } = relay.relay;
  const caller = (await loadCaller(operations.catalogue, person!.id))!;
  const make = (kind: NoteKind, word: string) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        createNote(operations, caller, {
          title: `${word} ${String(n).padStart(3, '0')}`,
          kind,
          language: 'fr',
        }),
      ),
    );
  const ids = [...(await make('organisation', 'Maison')), ...(await make('term', 'Élan'))];
  for (const id of ids) await operations.indexer.indexNow(id);

  const { page, errors } = await openAs(browser, owner, `${relay.url}/people/${person!.id}`);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/notes?')) asked.push(request.url());
  });
  await page.getByRole('button', { name: 'Modifier ma page' }).click();
  await page.getByRole('button', { name: 'Relier à la note d’une organisation' }).click();
  const picker = page.getByRole('dialog').filter({ has: page.getByRole('searchbox') });
  const lines = picker.getByRole('listitem');
  await expect(lines).toHaveCount(100);
  await expect(picker.getByText('Encore 30. Écrivez un mot pour préciser.')).toBeVisible();
  await takePicture(page, 'pick-organisation-fr');
  await page.keyboard.type('maison 129');
  await expect(lines).toHaveCount(1);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('main').getByRole('link', { name: 'Maison 129' }).first()).toBeVisible();
  // A page of them at a time, never all.
  expect(
    asked.filter((url) => url.includes('kind=organisation')).every((url) => url.includes('limit=100')),
  ).toBe(true);

  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Une note' });
  await page.goto(`${relay.url}/notes/${note.id}`);
  await page.getByRole('button', { name: 'Relier un terme' }).click();
  await expect(lines).toHaveCount(100);
  await page.keyboard.type('elan 128');
  await expect(lines).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Élan 128').first()).toBeVisible();
  // What has that name already is not offered to be made; what nothing is named by is.
  const field = picker.getByRole('searchbox');
  await field.fill('Élan 129');
  await expect(lines).toHaveCount(1);
  await expect(picker.getByRole('button', { name: /Créer le terme/ })).toHaveCount(0);
  await field.fill('Élan neuf');
  await expect(picker.getByRole('button', { name: 'Créer le terme « Élan neuf »' })).toBeVisible();
  expect(errors).toEqual([]);
});
