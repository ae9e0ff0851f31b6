import { type Page, expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import * as build from '#shared/document/buildContent.ts';
import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

const ask = <T>(page: Page, method: string, path: string, json?: unknown): Promise<T> =>
  page.evaluate(
    async ([verb, address, text]) => {
      const answer = await fetch(address!, {
        method: verb!,
        headers: { 'content-type': 'application/json' },
        ...(text === undefined ? {} : { body: text }),
      });
      return (await answer.json()) as never;
    },
    [method, path, json === undefined ? undefined : JSON.stringify(json)],
  );

async function write(id: NoteId, person: PersonId, title: string, sheet: NoteSheet): Promise<void> {
  const { documents, indexer } = relay.relay.operations;
  await documents.change(id, { person, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title,
      body: build.body(build.paragraph('Le mot se trouve dans nos règlements depuis 1998.')),
      language: 'fr',
      sheet,
    }),
  );
  await indexer.indexNow(id);
}

test('the history of a term shows its sheet as it was, and what changed on it, gone to by the keyboard', async ({
  browser,
}) => {
  const { page, errors } = await openOwner(browser, relay);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { person } = await ask<Session>(page, 'GET', '/api/session');
  const { note } = await ask<NotePage>(page, 'POST', '/api/notes', { title: 'Membre', kind: 'term' });
  const before = {
    ...emptySheet,
    definition: 'Personne qui a payé sa cotisation.',
    plural: ['membres'],
    aliases: ['adhérent'],
  };
  await write(note.id, person!.id, 'Membre', before);
  await ask(page, 'POST', `/api/notes/${note.id}/versions`, { name: 'Avant la refonte' });
  await write(note.id, person!.id, 'Membre', {
    ...before,
    definition: 'Personne qui a payé sa cotisation annuelle et qui vote.',
    aliases: ['adhérent·e'],
  });
  await page.goto(`${relay.url}/notes/${note.id}/history`);
  const changes = page.getByRole('region', { name: 'Changements de la fiche' });
  await expect(changes.locator('ins').first()).toContainText('annuelle');
  await expect(changes.locator('del', { hasText: /^adhérent$/ })).toBeVisible();
  await expect(changes).toContainText(`${person!.name}, le`);
  await page.keyboard.press('n');
  await expect(page.getByText(/^Changement 1 sur 2/)).toBeAttached();
  await takePicture(page, 'sheet-comparison');
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByText('Voir', { exact: true }).click();
  const sheet = page.getByRole('region', { name: 'Fiche du terme' });
  await expect(sheet).toContainText('Personne qui a payé sa cotisation.');
  await expect(sheet).toContainText('adhérent');
  await takePicture(page, 'sheet-version');
  expect(errors).toEqual([]);

  await page.goto(`${relay.url}/api/print/note/${note.id}`);
  await expect(page.locator('.note-sheet')).toContainText('Autres noms');
  await takePicture(page, 'sheet-book');
});

test('the public page of an organisation shows it on the map of Québec, without a script', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { person } = await ask<Session>(page, 'GET', '/api/session');
  const { note } = await ask<NotePage>(page, 'POST', '/api/notes', { title: 'Table', kind: 'organisation' });
  await write(note.id, person!.id, 'Table de quartier', {
    ...emptySheet,
    address: '12, rue des Érables\nRimouski (Québec)',
    region: 'bas-saint-laurent',
    phone: '418 555-0123',
    coordinates: { latitude: 48.4488, longitude: -68.524 },
  });
  await ask(page, 'PATCH', `/api/notes/${note.id}`, { visibility: 'public' });
  const visitor = await openBrowser(browser, `${relay.url}/notes/${note.id}`, { javaScriptEnabled: false });
  const map = visitor.page.getByRole('img', { name: /^Carte du Québec\s: Bas-Saint-Laurent$/ });
  await expect(map).toBeVisible();
  await expect(map.locator('circle')).toHaveCount(1);
  expect(await map.locator('.is-here').count()).toBe(2);
  // In the application's own type: the style of these pages is built apart from its scripts.
  await expect(visitor.page.getByRole('heading', { level: 1 })).toHaveCSS('font-family', /Source Serif/);
  await takePicture(visitor.page, 'sheet-public');
  await visitor.page.setViewportSize({ width: 390, height: 800 });
  await takePicture(visitor.page, 'sheet-public-narrow');
  // The browser looks for an icon that there is not; nothing else is refused.
  expect(visitor.errors.filter((error) => !error.includes('404'))).toEqual([]);
});
