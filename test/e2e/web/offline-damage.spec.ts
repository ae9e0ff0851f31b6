import { expect, type Page, test } from '@playwright/test';
import type { Session } from '#shared/api/session.ts';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';

// The machine may be busy: limits, not waits.
test.describe.configure({ timeout: 180_000 });

const body = (page: Page) => page.getByRole('textbox', { name: 'Texte de la note' });
const state = (page: Page) => page.getByTestId('save-state');
const isSaved = (page: Page) =>
  expect(state(page)).toHaveAttribute('data-kind', 'saved', { timeout: 60_000 });

async function newNote(page: Page, title: string, text: string): Promise<string> {
  const before = page.url();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await page.waitForURL((url) => url.pathname.startsWith('/notes/') && url.href !== before);
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill(title);
  await body(page).click();
  // A row of the copy for each few letters.
  await page.keyboard.type(text, { delay: 60 });
  await isSaved(page);
  return page.url();
}

type Spoiling = 'alter' | 'take away';

/**
 * Spoils a row of this device's copy that the relay has, in the middle, from a page that has no note open.
 * @returns how many rows the copy had.
 */
function spoil(page: Page, person: string, note: string, how: Spoiling): Promise<number> {
  return page.evaluate(
    async ([database, document, spoiling]) => {
      const result = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result));
          request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
        });
      const opened = await result(indexedDB.open(`calepin-${database}`));
      const transaction = opened.transaction('updates', 'readwrite');
      const updates = transaction.objectStore('updates');
      const keys = await result(updates.index('document').getAllKeys(document));
      // Not of the last: words that are on this device alone would be spoilt with it.
      const key = keys[1] ?? 0;
      const row = (await result(updates.get(key))) as { update: Uint8Array };
      if (spoiling === 'alter') row.update[row.update.length - 2] = (row.update.at(-2) ?? 0) ^ 1;
      if (spoiling === 'alter') await result(updates.put(row, key));
      else await result(updates.delete(key));
      opened.close();
      return keys.length;
    },
    [person, note, how] as const,
  );
}

test('[R340] a copy in the browser that is damaged, or of which a part is gone, is fetched again; unsent words are kept apart; other notes are as before', async ({
  browser,
}) => {
  const relay = await newFullRelay();
  const { page, context, errors } = await openOwner(browser, relay);
  try {
    await newNote(page, 'Verger', 'Pommes.');
    const note = await newNote(page, 'Cours d’eau', 'La truite remonte en mai.');
    const id = new URL(note).pathname.split('/').at(-1) ?? '';
    const { person } = await page.evaluate(
      async () => (await (await fetch('/api/session')).json()) as Session,
    );
    const aside = `${relay.url}/api/session`;
    for (const how of ['alter', 'take away'] as const) {
      await page.goto(aside);
      expect(await spoil(page, person?.id ?? '', id, how)).toBeGreaterThan(3);
      await page.goto(note);
      await isSaved(page);
      await expect(page.getByText('La truite remonte en mai.')).toBeVisible();
      await expect(page.getByTestId('recovered-notice')).toHaveCount(0);
      // It was left being written.
      await body(page).focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' Oui.', { delay: 60 });
      await isSaved(page);
      await page.keyboard.press('Control+End');
      for (let letter = 0; letter < 5; letter++) await page.keyboard.press('Backspace', { delay: 60 });
      await isSaved(page);
    }

    await context.setOffline(true);
    await page.keyboard.type(' Sous la glace.');
    await expect(state(page)).toHaveAccessibleName(/gardé sur cet appareil/);
    await page.goto('about:blank');
    await context.setOffline(false);
    await page.goto(aside);
    await spoil(page, person?.id ?? '', id, 'alter');
    await page.goto(note);
    await expect(page.getByTestId('recovered-notice')).toContainText('une copie récupérée');
    await isSaved(page);
    await expect(page.getByRole('main').getByText('La truite remonte en mai.')).toBeVisible();
    await takePicture(page, 'offline-damage');
    await page.getByRole('button', { name: 'Voir la copie' }).click();
    await expect(page.getByRole('textbox', { name: 'Texte de la copie' })).toHaveValue(/Sous la glace/);
    await page.keyboard.press('Escape');

    await page
      .getByRole('link', { name: /Verger/ })
      .first()
      .click();
    await expect(page.getByText('Pommes.')).toBeVisible();
    await isSaved(page);
    await expect(page.getByTestId('recovered-notice')).toHaveCount(0);
    expect(errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/.test(error))).toEqual(
      [],
    );
  } finally {
    await context.close();
    await relay.close();
  }
});
