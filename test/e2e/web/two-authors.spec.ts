import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { Product } from '../../support/Product.ts';

/** Pictures of the states, to be looked at; kept where CALEPIN_PICTURES says. */
const pictures = process.env['CALEPIN_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};

let product: Product;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await Product.start();
});
// The machine may be busy: the times below are limits, not waits.
test.describe.configure({ timeout: 180_000 });

test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(async () => {
  await product.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const saving = (page: Page): Locator => page.getByTestId('save-state');
/** A page that lost its relay tries again after 30 s at the most. */
const isSaved = (page: Page): Promise<void> =>
  expect(saving(page)).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });

async function newBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  return context.newPage();
}

/** The person of this computer in a browser that has nothing of its own. */
async function signedIn(browser: Browser): Promise<Page> {
  const page = await newBrowser(browser);
  await page.goto(product.readyUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible({ timeout: 30_000 });
  return page;
}

/** The person of this computer, in a new note. */
async function ownerInNewNote(browser: Browser): Promise<Page> {
  const page = await signedIn(browser);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await expect(bodyOf(page)).toBeVisible();
  await isSaved(page);
  return page;
}

/** Somebody invited to the note of `owner` as an author, in a browser of their own, editing it. */
async function guestOf(owner: Page, browser: Browser, name: string): Promise<Page> {
  await owner.getByRole('button', { name: 'Partager' }).click();
  await owner.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await owner.getByTestId('invitation-link').inputValue();
  await owner.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  await expect(owner.getByRole('dialog')).toHaveCount(0);
  const page = await newBrowser(browser);
  await page.goto(link);
  await page.getByRole('textbox').first().fill(name);
  await page.locator('button[type="submit"]').click();
  await page.getByRole('button', { name: 'Modifier' }).first().click();
  await expect(bodyOf(page)).toBeVisible();
  await isSaved(page);
  return page;
}

const textIn = (page: Page): Promise<string> =>
  bodyOf(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    // Carets carry names.
    for (const caret of copy.querySelectorAll('[class*="caret"]')) caret.remove();
    return copy.textContent ?? '';
  });

test('the owner and an invited guest type in the same note at once, and end with the same text', async ({
  browser,
}) => {
  const owner = await ownerInNewNote(browser);
  const guest = await guestOf(owner, browser, 'Grace');
  await expect(owner.getByTestId('presence').getByRole('listitem')).toHaveCount(2);
  await expect(guest.getByTestId('presence').getByRole('listitem')).toHaveCount(2);
  await bodyOf(owner).click();
  await owner.keyboard.type('La première ligne. ');
  await expect(bodyOf(guest)).toContainText('La première ligne.');
  await bodyOf(guest).click();
  await guest.keyboard.press('Control+Home');
  const caret = bodyOf(owner).locator('.remote-caret');
  await expect.poll(() => caret.evaluate((one) => one.previousSibling)).toBeNull();
  // Somebody's caret is in nobody's way: End, and an arrow, from where it stands.
  await owner.keyboard.press('Home');
  await owner.keyboard.press('End');
  await owner.keyboard.type('Fin.');
  await expect.poll(() => textIn(owner)).toBe('La première ligne. Fin.');
  await owner.keyboard.press('Home');
  await owner.keyboard.press('ArrowRight');
  await owner.keyboard.type('ù');
  await expect.poll(() => textIn(owner)).toBe('Lùa première ligne. Fin.');
  await owner.keyboard.press('End');
  await guest.keyboard.press('Control+End');
  await guest.keyboard.press('Enter');
  await expect(caret).toHaveAttribute('data-name', 'Grace');
  await Promise.all([
    owner.keyboard.type('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', { delay: 15 }),
    guest.keyboard.type('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', { delay: 15 }),
  ]);
  await picture(owner, 'two-authors');
  await Promise.all([isSaved(owner), isSaved(guest)]);
  // Each sees what the other wrote a moment later.
  await expect
    .poll(async () => {
      const [one, other] = await Promise.all([textIn(owner), textIn(guest)]);
      return one === other && ['a', 'b'].every((letter) => one.split(letter.repeat(40)).length === 2);
    })
    .toBe(true);
});

test('every letter shown as « Enregistré » is there after kill -9 and a new start, and tabs stay signed in', async ({
  browser,
}) => {
  const owner = await ownerInNewNote(browser);
  const guest = await guestOf(owner, browser, 'Grace');
  await bodyOf(owner).click();
  // In each page: what was on the screen each time that « Enregistré » was.
  for (const page of [owner, guest]) {
    await page.evaluate(() => {
      const promised = window as unknown as { promised: { a: number; b: number } };
      promised.promised = { a: 0, b: 0 };
      const look = () => {
        const state = document.querySelector('[data-testid="save-state"]')?.getAttribute('data-kind');
        const text = document.querySelector('[role="textbox"].note-text')?.textContent ?? '';
        if (state === 'saved')
          promised.promised = { a: text.split('a').length - 1, b: text.split('b').length - 1 };
      };
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
  }
  const typing = Promise.all([
    owner.keyboard.type('a'.repeat(150), { delay: 12 }),
    bodyOf(guest)
      .click()
      .then(() => guest.keyboard.type('b'.repeat(150), { delay: 12 })),
  ]);
  await expect
    .poll(() => owner.evaluate(() => (window as unknown as { promised: { a: number } }).promised.a), {
      intervals: [20],
      timeout: 40_000,
    })
    .toBeGreaterThan(12);
  await product.kill();
  const ownPromise = await owner.evaluate(
    () => (window as unknown as { promised: { a: number } }).promised.a,
  );
  const guestPromise = await guest.evaluate(
    () => (window as unknown as { promised: { b: number } }).promised.b,
  );
  await typing;
  await expect(saving(owner)).toContainText('Hors ligne');
  await picture(owner, 'relay-killed');
  const address = owner.url();
  await product.restart();
  // A browser that has nothing of its own sees what the relay kept of the promises, before the others come back or after.
  const witness = await signedIn(browser);
  await witness.goto(address);
  await expect
    .poll(async () => {
      const text = (await witness.locator('article').first().textContent()) ?? '';
      return Math.min(text.split('a').length - 1 - ownPromise, text.split('b').length - 1 - guestPromise);
    })
    .toBeGreaterThanOrEqual(0);
  expect(Math.min(ownPromise, guestPromise + 1)).toBeGreaterThan(0);
  // Everyone is still signed in and comes back by themselves; nothing typed is missing.
  await Promise.all([isSaved(owner), isSaved(guest)]);
  await expect
    .poll(
      async () => {
        const text = await textIn(owner);
        return [text.split('a').length - 1, text.split('b').length - 1, text === (await textIn(guest))];
      },
      { timeout: 20_000 },
    )
    .toEqual([150, 150, true]);
  await owner.reload();
  await expect(owner.getByText('a'.repeat(20)).first()).toBeVisible();
});

test('without a network people go on writing, are told so, and the words join when it is back', async ({
  browser,
}) => {
  const owner = await ownerInNewNote(browser);
  const guest = await guestOf(owner, browser, 'Grace');
  await bodyOf(owner).click();
  await owner.keyboard.type('ensemble ');
  await expect(bodyOf(guest)).toContainText('ensemble');
  await guest.context().setOffline(true);
  await expect(saving(guest)).toContainText('Hors ligne');
  await bodyOf(guest).click();
  await guest.keyboard.press('Control+End');
  await guest.keyboard.type('en avion');
  await owner.keyboard.press('Control+Home');
  await owner.keyboard.type('Début. ');
  await expect(saving(guest)).toHaveAccessibleName(/gardé sur cet appareil/);
  await picture(guest, 'offline');
  await expect(bodyOf(owner)).not.toContainText('en avion');
  await guest.context().setOffline(false);
  await Promise.all([isSaved(owner), isSaved(guest)]);
  await expect(bodyOf(owner)).toContainText('en avion');
  await expect(bodyOf(guest)).toContainText('Début.');
  await expect.poll(async () => await textIn(owner)).toBe(await textIn(guest));
});

test('words written without a network are there after the window was closed, and join when the network is back', async ({
  browser,
}) => {
  const owner = await ownerInNewNote(browser);
  await bodyOf(owner).click();
  await owner.keyboard.type('avant la coupure ');
  await isSaved(owner);
  const address = owner.url();
  await product.kill();
  await expect(saving(owner)).toHaveAttribute('data-kind', 'offline');
  await owner.keyboard.type('pendant la coupure');
  await expect(saving(owner)).toHaveAccessibleName(/gardé sur cet appareil/);
  const context = owner.context();
  await owner.close();
  await product.restart();
  const again = await context.newPage();
  await again.goto(address);
  await expect(again.locator('article').first()).toContainText('avant la coupure pendant la coupure');
  await isSaved(again);
  const witness = await signedIn(browser);
  await witness.goto(address);
  await expect(witness.locator('article').first()).toContainText('pendant la coupure');
});
