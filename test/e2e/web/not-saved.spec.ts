import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { failing } from '../../support/failingStorage.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { Product } from '../../support/Product.ts';

// The machine may be busy: the times below are limits, not waits.
test.describe.configure({ timeout: 180_000 });

let product: Product;
/** A relay in this process, whose storage a test may make fail. */
let relay: FullRelay;
let storageFails = false;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await Product.start();
  relay = await newFullRelay({ adapt: (adapters) => failing(adapters, () => storageFails) });
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(async () => {
  await product.close();
  await relay.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const stateOf = (page: Page): Locator => page.getByTestId('save-state');
const isSaved = (page: Page): Promise<void> =>
  expect(stateOf(page)).toHaveAttribute('data-kind', 'saved', { timeout: 45_000 });

async function newNote(browser: Browser, startLink: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(startLink);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(bodyOf(page)).toBeVisible();
  await isSaved(page);
  return page;
}

/** From now on, in the page: every state that was on the screen while `word` was in the text, in order. */
async function watch(page: Page, word: string): Promise<() => Promise<string[]>> {
  await page.evaluate((wanted) => {
    const seen: string[] = [];
    (window as unknown as { seen: string[] }).seen = seen;
    const look = (): void => {
      const text = document.querySelector('[role="textbox"].note-text')?.textContent ?? '';
      const kind =
        document.querySelector('[data-testid="save-state"]')?.getAttribute('data-kind') ?? 'hidden';
      if (text.includes(wanted) && seen.at(-1) !== kind) seen.push(kind);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  }, word);
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

interface Cut {
  readonly name: string;
  readonly startLink: () => string;
  /** From here on nothing that is written is acknowledged. */
  readonly cut: (page: Page) => unknown;
  readonly mend: (page: Page) => unknown;
}

const cuts: readonly Cut[] = [
  {
    name: 'the relay does not move any more',
    startLink: () => product.readyUrl,
    cut: () => product.freeze(),
    mend: () => product.thaw(),
  },
  {
    name: 'the relay is gone',
    startLink: () => product.readyUrl,
    cut: () => product.kill(),
    mend: () => product.restart(),
  },
  {
    name: 'the disk of the relay takes nothing',
    startLink: () => relay.launchUrl,
    cut: () => (storageFails = true),
    mend: () => (storageFails = false),
  },
  {
    name: 'the network is cut',
    startLink: () => product.readyUrl,
    cut: (page) => page.context().setOffline(true),
    mend: (page) => page.context().setOffline(false),
  },
];

for (const { name, startLink, cut, mend } of cuts) {
  test(`« Enregistré » is not said of words that are not: ${name}`, async ({ browser }) => {
    const page = await newNote(browser, startLink());
    await bodyOf(page).click();
    await page.keyboard.type('avant ');
    await isSaved(page);
    const seen = await watch(page, 'pendant');
    await cut(page);
    try {
      await page.keyboard.type('pendant');
      // Said as soon as the link is known to be lost: a ping each 10 s, 5 s without an answer.
      await expect(stateOf(page)).toHaveAttribute('data-kind', 'offline', { timeout: 20_000 });
      await expect(stateOf(page)).toHaveAccessibleName(/gardé sur cet appareil/);
      expect(await seen()).not.toContain('saved');
    } finally {
      await mend(page);
    }
    await isSaved(page);
    const states = await seen();
    expect(states).not.toContain('hidden');
    expect(states.at(-1)).toBe('saved');
    const answer = await page.evaluate(async (note) => {
      const content = await fetch(`/api/notes/${note}/content`);
      return content.text();
    }, page.url().split('/').at(-1));
    expect(answer).toContain('avant pendant');
  });
}
