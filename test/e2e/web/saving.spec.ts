import { expect, type Page, test } from '@playwright/test';
import { collaboration as english } from '../../../renderer/i18n/en/collaboration.ts';
import { collaboration as french } from '../../../renderer/i18n/fr/collaboration.ts';
import { Product } from '../../support/Product.ts';

declare global {
  interface Window {
    keptAfterMs: number[];
  }
}

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
const saving = (page: Page) => page.getByTestId('save-state');
const isSaved = (page: Page) => expect(saving(page)).toHaveAttribute('data-kind', 'saved');
const isKeptHere = (page: Page) => expect(saving(page)).toHaveAccessibleName(/gardé sur cet appareil/);

async function newNote(page: Page): Promise<void> {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(body(page)).toBeVisible();
  await isSaved(page);
  await body(page).click();
}

/** The relay cannot be reached for documents any more; pages still come. */
async function cutOff(page: Page): Promise<void> {
  await page.context().route('**/api/tickets', (route) => route.abort());
  await page.context().setOffline(true);
  await expect(saving(page)).toHaveAttribute('data-kind', 'offline');
  await page.context().setOffline(false);
}

test('« Enregistré » and « Enregistré sur cet appareil » are read whole at every width, in both languages', async ({
  page,
}) => {
  await newNote(page);
  const cut: string[] = [];
  for (const width of [320, 360, 480, 759, 760, 1100]) {
    await page.setViewportSize({ width, height: 700 });
    // Panels beside the text make room first.
    await expect(saving(page)).toBeInViewport({ ratio: 1 });
    for (const { editing, savedHere, saved } of [french.saving, english.saving]) {
      for (const words of [editing, savedHere, saved]) {
        const isCut = await saving(page).evaluate((element, text) => {
          const span = element.querySelector('span') as HTMLElement;
          const before = span.textContent;
          span.textContent = text;
          const { right } = element.getBoundingClientRect();
          const isCutShort =
            span.scrollWidth > span.clientWidth ||
            // Letters may reach a pixel out of their line.
            span.scrollHeight > span.clientHeight + 3 ||
            right > window.innerWidth ||
            document.documentElement.scrollWidth > window.innerWidth;
          span.textContent = before;
          return isCutShort;
        }, words);
        if (isCut) cut.push(`${words} at ${width}`);
      }
    }
  }
  expect(cut).toEqual([]);
});

test('the state of saving is in sight, in words, at every width of the window', async ({ page }) => {
  await newNote(page);
  await page.keyboard.type('des mots');
  await isSaved(page);
  const widths = [320, 360, 480, 640, 760, 1024, 1100, 1400, 1920];
  const hidden: string[] = [];
  const look = async (words: string) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 700 });
      const state = saving(page);
      await expect(state).toBeInViewport({ ratio: 1 });
      const text = await state.evaluate((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const onTop = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const shown = left >= 0 && right <= document.documentElement.clientWidth && element.contains(onTop);
        return shown && element.checkVisibility() ? (element as HTMLElement).innerText : '';
      });
      if (!text.includes(words)) hidden.push(`${words} at ${width}: ${text}`);
    }
  };
  await look('Enregistré');
  await page.context().setOffline(true);
  await look('Hors ligne');
  // Far down in a long note too.
  for (let line = 0; line < 60; line += 1) await page.keyboard.press('Enter');
  await look('Hors ligne');
  expect(hidden).toEqual([]);
});

// How soon is promised by the length of a burst (DocumentSession); how long this machine took is noted.
test('each keystroke is on this device, without the relay', async ({ page }) => {
  await newNote(page);
  await cutOff(page);
  await page.keyboard.type('a');
  await isKeptHere(page);
  // From each key to the moment when the page says that the words are kept: it says so when the transaction is complete.
  await page.evaluate(() => {
    const state = document.querySelector('[data-testid="save-state"]');
    if (state === null) throw new Error('no state of saving');
    let pressedAt: number | null = null;
    let wasInMemory = false;
    window.keptAfterMs = [];
    window.addEventListener('keydown', () => (pressedAt = performance.now()), { capture: true });
    new MutationObserver(() => {
      const isKept = /gardé sur cet appareil/.test(state.getAttribute('aria-label') ?? '');
      if (!isKept) wasInMemory = true;
      else if (wasInMemory && pressedAt !== null) {
        window.keptAfterMs.push(performance.now() - pressedAt);
        wasInMemory = false;
      }
    }).observe(state, { attributes: true, attributeFilter: ['aria-label'] });
  });
  const measured = () => page.evaluate(() => window.keptAfterMs);
  for (let key = 1; key <= 10; key += 1) {
    await page.keyboard.press('b');
    await expect.poll(async () => (await measured()).length).toBe(key);
  }
  const times = await measured();
  times.sort((a, b) => a - b);
  test.info().annotations.push({ type: 'ms', description: times.map((time) => Math.round(time)).join(' ') });
});

test('words typed just before the window goes are there when it comes back, though the relay never had them', async ({
  page,
}) => {
  await newNote(page);
  await page.keyboard.type('avant ');
  await isSaved(page);
  await cutOff(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.keyboard.type('au dernier moment');
  await page.reload();
  await expect(page.locator('article').first()).toContainText('avant au dernier moment');
  await isKeptHere(page);
});

test('words typed just before the note is left are there when it is opened again', async ({ page }) => {
  await newNote(page);
  const address = page.url();
  await page.keyboard.type('avant ');
  await isSaved(page);
  await cutOff(page);
  await page.keyboard.type('en partant');
  await page.evaluate(() => history.back());
  await expect(body(page)).toHaveCount(0);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(address);
  await expect(page.locator('article').first()).toContainText('avant en partant');
});

/** In this device's copies: makes each doubt the relay, or only looks. @returns how many do. */
function doubtsKept(page: Page, act: 'plant' | 'count'): Promise<number> {
  return page.evaluate(async (asked) => {
    const names = (await indexedDB.databases()).map((one) => one.name ?? '');
    // One database has last words in its name for each person, and copies under the same name without.
    const copies = names.find((name) => name.startsWith('calepin-last-words-'))?.replace('last-words-', '');
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(copies ?? '');
      request.addEventListener('success', () => resolve(request.result));
    });
    const store = database.transaction('heads', 'readwrite').objectStore('heads');
    const bytes = (length: number) => new Uint8Array(length).fill(7);
    const head = { epoch: 'e'.repeat(22), seq: 900, digest: bytes(32), time: 1, signature: bytes(64) };
    const kept = { head, publicKey: bytes(32), isGenuine: true };
    let doubts = 0;
    store.openCursor().addEventListener('success', (event) => {
      const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
      if (cursor === null) return;
      const value = cursor.value as { doubt?: object | null };
      if (asked === 'plant')
        cursor.update({ ...value, doubt: { kind: 'shorter', kept, later: null, noticedAt: 5 } });
      if (asked === 'plant' || value.doubt != null) doubts += 1;
      cursor.continue();
    });
    await new Promise((resolve) => store.transaction.addEventListener('complete', resolve));
    database.close();
    return doubts;
  }, act);
}

test('a word of the relay that contradicts what it had signed is said quietly, can be copied, and is over once seen', async ({
  browser,
}) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await newNote(page);
  await page.keyboard.type('intact');
  await isSaved(page);
  // As if this device had kept another word of the relay's: what is compared is tested without a browser.
  await doubtsKept(page, 'plant');
  await page.reload();
  const notice = page.getByTestId('doubt-notice');
  await expect(notice).toContainText('Calepin avait signé plus de lignes');
  await expect(page.locator('article').first()).toContainText('intact');
  await notice.getByRole('button', { name: 'Copier la preuve' }).click();
  await expect(notice.getByRole('button', { name: 'Preuve copiée' })).toBeVisible();
  const proof = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { kept: object };
  expect(proof).toMatchObject({ kind: 'shorter', kept: { seq: 900, digest: '07'.repeat(32) }, later: null });
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(notice).toBeInViewport({ ratio: 1 });
  await notice.getByRole('button', { name: 'J’ai compris' }).click();
  await expect(notice).toHaveCount(0);
  // It is over on the screen at once; on this device a moment later.
  await expect.poll(() => doubtsKept(page, 'count')).toBe(0);
  await page.reload();
  await isSaved(page);
  await expect(notice).toHaveCount(0);
});
