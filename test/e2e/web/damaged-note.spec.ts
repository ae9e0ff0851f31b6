import path from 'node:path';
import process from 'node:process';
import { expect, type Page, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { Product } from '../../support/Product.ts';

const pictures = process.env['CALEPIN_PICTURES'];

let product: Product;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await Product.start();
});
test.afterAll(async () => {
  await product.close();
});
// The machine may be busy: limits, not waits.
test.describe.configure({ timeout: 180_000 });

const body = (page: Page) => page.getByRole('textbox', { name: 'Texte de la note' });
const state = (page: Page) => page.getByTestId('save-state');
const isSaved = (page: Page) =>
  expect(state(page)).toHaveAttribute('data-kind', 'saved', { timeout: 30_000 });

/** Spoils the last row that holds these words, and the checkpoint that may hold them too, as a failing disk would. */
function damage(words: string): void {
  const database = new Database(product.databaseFile);
  const found = database
    .prepare<[Buffer], { number: number; seq: number }>(
      'SELECT number, seq FROM log_row WHERE instr(bytes, ?) > 0 ORDER BY number DESC, seq DESC LIMIT 1',
    )
    .get(Buffer.from(words));
  database
    .prepare('UPDATE log_row SET time = time + 1 WHERE number = ? AND seq = ?')
    .run(found?.number, found?.seq);
  database.prepare('UPDATE log_checkpoint SET checksum = checksum + 1 WHERE number = ?').run(found?.number);
  database.close();
  expect(found).toBeDefined();
}

/** Whether words stand in what the page keeps on this device. */
function isOnDevice(page: Page, words: string): Promise<boolean> {
  return page.evaluate(async (text) => {
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
      });
    const holds = (value: unknown): boolean => {
      if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value).includes(text);
      return typeof value === 'object' && value !== null && Object.values(value).some(holds);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name ?? ''));
      try {
        for (const store of database.objectStoreNames) {
          if (holds(await result(database.transaction(store).objectStore(store).getAll()))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, words);
}

async function inEachShape(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  for (const [width, height] of [
    [1920, 1080],
    [1280, 800],
    [360, 740],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('a damaged note is read as far as it is sound, and says so; who has it whole keeps it; every other note is as before', async ({
  page,
  browser,
}) => {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(body(page)).toBeVisible();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Réunion du mardi');
  await body(page).click();
  await page.keyboard.insertText('Un premier paragraphe, sain.');
  await isSaved(page);
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('Un second, que le disque a perdu.');
  await isSaved(page);
  // The relay may have said so before this device's copy has it.
  await expect.poll(() => isOnDevice(page, 'que le disque a perdu')).toBe(true);
  const note = new URL(page.url()).pathname;
  await page.goto('about:blank');
  await product.kill();
  damage('Un second, que le disque');
  await product.restart();

  // Somebody who never had it: another browser of the same person.
  const other = await browser.newContext();
  const newcomer = await other.newPage();
  await newcomer.goto(product.readyUrl);
  await expect(newcomer.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible({
    timeout: 30_000,
  });
  await newcomer.goto(`${product.origin}${note}`);
  await expect(newcomer.getByText('Un premier paragraphe, sain.')).toBeVisible({ timeout: 30_000 });
  await expect(newcomer.getByText('Cette note est abîmée')).toBeVisible();
  await expect(newcomer.getByText('Un second, que le disque a perdu.')).toHaveCount(0);
  await expect(newcomer.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
  await expect(newcomer.getByRole('heading', { name: 'Réunion du mardi' })).toBeVisible();
  // The list has what could be read since.
  await expect(newcomer.getByRole('link', { name: 'Réunion du mardi' })).toBeVisible();
  await inEachShape(newcomer, 'damaged');

  await page.goto(`${product.origin}${note}`);
  await expect(page.getByText('Un second, que le disque a perdu.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Vous lisez la copie de cet appareil')).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(state(page)).toHaveAttribute('data-kind', 'offline');
  await expect(page.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
  await inEachShape(page, 'damaged-whole');

  await newcomer.goto(product.origin);
  await newcomer.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await body(newcomer).click();
  await newcomer.keyboard.insertText('Ailleurs, tout va bien.');
  await isSaved(newcomer);
  await other.close();
});
