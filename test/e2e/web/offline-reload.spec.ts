import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';

test.use({ serviceWorkers: 'allow' });
// The machine may be busy: limits, not waits.
test.describe.configure({ timeout: 180_000 });

const body = (page: Page) => page.getByRole('textbox', { name: 'Texte de la note' });
const state = (page: Page) => page.getByTestId('save-state');
const isSaved = (page: Page) =>
  expect(state(page)).toHaveAttribute('data-kind', 'saved', { timeout: 60_000 });
const isKeptHere = (page: Page) => expect(state(page)).toHaveAccessibleName(/gardé sur cet appareil/);

/** The shell is on this device, and opens the next page. */
const shellIsKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');

/** What this browser keeps of answers, as text, once it says what is expected. */
const keptAnswers = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('calepin-answers');
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const database = opening.result;
          const all = database.transaction('answers').objectStore('answers').getAll();
          all.addEventListener('success', () => {
            database.close();
            resolve(JSON.stringify(all.result));
          });
        });
      }),
  );

async function newNote(page: Page, title: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill(title);
  await body(page).click();
  await page.keyboard.type(text);
  await isSaved(page);
}

test('[R265] a page that is loaded again without a network shows the notes that were opened: they are written in, kept, and merged afterwards', async ({
  browser,
}) => {
  const relay = await newFullRelay();
  const { page, context, errors } = await openOwner(browser, relay);
  const other = await openOwner(browser, relay);
  try {
    await newNote(page, 'Dans le métro', 'Avant le tunnel.');
    await shellIsKept(page);
    await expect.poll(() => keptAnswers(page)).toContain('Dans le métro');
    const { pathname } = new URL(page.url());
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('Avant le tunnel.')).toBeVisible({ timeout: 30_000 });
    await expect(state(page)).toHaveAttribute('data-kind', 'offline');
    await expect(page.getByText(/tel que gardé ici le/)).toBeVisible();
    await takePicture(page, 'offline-reload-fr');
    await body(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Sous terre.');
    await isKeptHere(page);
    await page.reload();
    await expect(page.getByText('Avant le tunnel. Sous terre.')).toBeVisible({ timeout: 30_000 });
    await isKeptHere(page);
    // Somebody else writes in it meanwhile.
    await other.page.goto(new URL(pathname, relay.url).href);
    await other.page.getByRole('button', { name: 'Modifier' }).click();
    await body(other.page).click();
    await other.page.keyboard.press('Control+Home');
    await other.page.keyboard.type('Au bureau. ');
    await isSaved(other.page);
    // Another page opens from what is kept, too.
    await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
    await page
      .getByRole('link', { name: /Dans le métro/ })
      .first()
      .click();
    await expect(page.getByText('Avant le tunnel. Sous terre.')).toBeVisible();
    await context.setOffline(false);
    await isSaved(page);
    // The other one's caret, with its name, stands in the text.
    const merged = /Au bureau\. .*Avant le tunnel\. .*Sous terre\./s;
    await expect(body(page)).toHaveText(merged, { timeout: 30_000 });
    await expect(body(other.page)).toHaveText(merged, { timeout: 30_000 });
    await expect(page.getByText(/tel que gardé ici le/)).toBeHidden({ timeout: 30_000 });
    // Nothing that anybody wrote is where the shell is.
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(
        names.map(async (name) =>
          (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname),
        ),
      );
      return all.flat();
    });
    expect(kept.filter((one) => one !== '/' && !one.startsWith('/assets/'))).toEqual([]);
    expect(kept.length).toBeGreaterThan(10);
    expect(
      errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED/.test(error)),
    ).toEqual([]);
  } finally {
    await context.close();
    await other.context.close();
    await relay.close();
  }
});

test('[R265] who signs out leaves no answer of the relay on this device', async ({ browser }) => {
  const relay = await newFullRelay();
  const { page, context } = await openOwner(browser, relay);
  try {
    await newNote(page, 'À moi', 'Rien que pour moi.');
    await expect.poll(() => keptAnswers(page)).toContain('À moi');
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await page.goto(relay.url);
    await expect(page.getByText('Bienvenue dans Calepin').first()).toBeVisible();
    await expect.poll(() => keptAnswers(page)).toBe('[]');
  } finally {
    await context.close();
    await relay.close();
  }
});

test('[R266] a newer shell is shown at once where there is a network, and is the one that is kept', async ({
  browser,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-shell-'));
  await cp(path.resolve('dist/renderer'), folder, { recursive: true });
  const relay = await newFullRelay({ interfaceFolder: folder });
  const { page, context } = await openOwner(browser, relay);
  const mark = (): Promise<string | null> =>
    page.evaluate(() => document.querySelector('meta[name=edition]')?.getAttribute('content') ?? null);
  try {
    await shellIsKept(page);
    const headers = async (file: string) => {
      const answer = await page.request.get(new URL(file, relay.url).href);
      return [answer.status(), answer.headers()['content-type'], answer.headers()['cache-control']];
    };
    expect(await headers('/serviceWorker.js')).toEqual([200, 'text/javascript; charset=utf-8', 'no-cache']);
    expect(await headers('/calepin.webmanifest')).toEqual([200, 'application/manifest+json', 'no-cache']);
    expect(await headers('/icons/512.png')).toEqual([200, 'image/png', 'no-cache']);
    const change = async (file: string, from: RegExp, to: string): Promise<void> => {
      const before = await readFile(path.join(folder, file), 'utf8');
      expect(before).toMatch(from);
      await writeFile(path.join(folder, file), before.replace(from, to));
    };
    await change('index.html', /<title>/, '<meta name="edition" content="2" /><title>');
    await change('serviceWorker.js', /"version":"[0-9a-f]{16}"/, '"version":"0000000000000002"');
    await page.reload();
    expect(await mark()).toBe('2');
    await expect
      .poll(() => page.evaluate(() => caches.keys()), { timeout: 60_000 })
      .toEqual(['calepin-shell-0000000000000002']);
    await context.setOffline(true);
    await page.reload();
    expect(await mark()).toBe('2');
  } finally {
    await context.close();
    await relay.close();
    await rm(folder, { recursive: true, force: true });
  }
});
