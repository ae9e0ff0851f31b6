import process from 'node:process';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
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
const isSaved = (page: Page) => expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');

/** What no editor can hold. */
function unknownIn(field: 'body' | 'guide', name: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getXmlFragment(field).push([new Y.XmlElement(name)]);
  return Y.encodeStateAsUpdate(doc);
}

/** Two unknown elements, each after the other: neither is ever in the tree. */
function circle(): Uint8Array {
  const element = [3, 8, ...Buffer.from('hologram')];
  return Uint8Array.of(2, 1, 2, 0, 0x87, 1, 0, ...element, 1, 1, 0, 0x87, 2, 0, ...element, 0);
}

/** Writes in a document as a client of another make would: on a ticket of the person in this page. */
async function send(page: Page, id: string, update: Uint8Array): Promise<void> {
  const ticket = await page.evaluate(async (document) => {
    const answer = await fetch('/api/tickets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document, wire: 'calepin.1' }),
    });
    return ((await answer.json()) as { ticket: string }).ticket;
  }, id);
  const { origin } = new URL(page.url());
  const url = `${origin.replace('http', 'ws')}/sync/${id}`;
  const socket = new WebSocket(url, ['calepin.1', `ticket.${ticket}`], { origin });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(encodeUpdate(update));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.close();
}

const idOf = (page: Page) => page.url().split('/').at(-1) ?? '';

/** A note with sound text, as its author has it open. */
async function soundNote(page: Page): Promise<void> {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(body(page)).toBeVisible();
  await body(page).click();
  await page.keyboard.insertText('Un texte sain.');
  await isSaved(page);
}

/** Such a note, into which somebody then wrote what no editor can hold; this page shows that it came. @returns its address. */
async function spoiltNote(page: Page, name = 'hologram'): Promise<string> {
  await soundNote(page);
  await send(page, idOf(page), unknownIn('body', name));
  await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
  return page.url();
}

const back = (page: Page) => page.getByRole('button', { name: 'Revenir au dernier bon état' });

/** The author writes on, where nothing of what was taken away is left. */
async function writesOn(page: Page): Promise<void> {
  // The note was being written: so it is again.
  await expect(body(page)).toBeVisible({ timeout: 60_000 });
  await body(page).click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' Et la suite.');
  await isSaved(page);
  await expect(page.getByText('Un texte sain. Et la suite.')).toBeVisible();
  await expect(back(page)).toHaveCount(0);
}

/** The same author, in a browser that has no copy of anything. */
async function elsewhere(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(product.readyUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible({ timeout: 30_000 });
  return page;
}

/** Leaves the note, so that this browser keeps a copy with what no editor can hold, and takes the note back from another one. */
async function takenBackElsewhere(page: Page, browser: Browser, note: string): Promise<void> {
  await page.getByRole('link', { name: 'Toutes les notes' }).first().click();
  await expect(page).not.toHaveURL(note);
  const other = await elsewhere(browser);
  await other.goto(note);
  await back(other).click({ timeout: 60_000 });
  await expect(
    body(other)
      .or(other.getByRole('button', { name: 'Modifier' }))
      .first(),
  ).toBeVisible();
  await other.context().close();
}

/** Whether the page ever shows that the application must be updated, from its next load on. */
async function watchForOutdated(page: Page): Promise<() => Promise<boolean>> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { wasOutdated: boolean };
    seen.wasOutdated = false;
    new MutationObserver(() => {
      if (document.querySelector('[data-testid="outdated-note"]') !== null) seen.wasOutdated = true;
    }).observe(document, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { wasOutdated: boolean }).wasOutdated);
}

for (const [what, name] of [
  ['a name that no editor knows', 'hologram'],
  // The relay looks for it only when nobody writes any more.
  ['a name out of place', 'tableCell'],
] as const) {
  test(`a note with ${what} is read, and its author takes it back to its last good state`, async ({
    page,
  }) => {
    await spoiltNote(page, name);
    await expect(back(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Un contenu de cette note n’a pas été accepté.')).toBeVisible();
    await expect(page.getByText('Un texte sain.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
    if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, 'good-state.png') });
    await back(page).click();
    await writesOn(page);
  });
}

test('a note of which some waits for what never came keeps all that is read, and what was typed meanwhile elsewhere is kept apart', async ({
  page,
  browser,
}) => {
  await soundNote(page);
  const note = page.url();
  const other = await elsewhere(browser);
  await other.goto(note);
  await other.getByRole('button', { name: 'Modifier' }).click();
  await expect(body(other)).toBeVisible();
  await isSaved(other);
  await other.context().setOffline(true);
  await body(other).click();
  await other.keyboard.press('End');
  await other.keyboard.insertText(' Sans réseau.');
  await expect(other.getByTestId('save-state')).toHaveAccessibleName(/gardé sur cet appareil/);
  await send(page, idOf(page), circle());
  await expect(back(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('garde tout ce que vous lisez')).toBeVisible();
  await expect(page.getByText('Un texte sain.')).toBeVisible();
  if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, 'good-state-waiting.png') });
  await back(page).click();
  await writesOn(page);
  await other.context().setOffline(false);
  await expect(other.getByText('Un texte sain. Et la suite.')).toBeVisible({ timeout: 60_000 });
  await other.goto(`${product.origin}/`);
  await other.getByRole('button', { name: 'Voir la copie' }).click();
  await expect(other.getByRole('textbox', { name: 'Texte de la copie' })).toHaveValue(/Sans réseau/);
  await other.context().close();
});

test('an author who has it open meanwhile writes on when somebody else took it back', async ({
  page,
  browser,
}) => {
  const note = await spoiltNote(page);
  await expect(back(page)).toBeVisible({ timeout: 60_000 });
  const other = await elsewhere(browser);
  await other.goto(note);
  await back(other).click({ timeout: 60_000 });
  await writesOn(page);
  await other.context().close();
});

test('a copy of what no editor can hold, kept since before the note was taken back, tells nobody to update', async ({
  page,
  browser,
}) => {
  const note = await spoiltNote(page);
  await takenBackElsewhere(page, browser, note);
  const wasOutdated = await watchForOutdated(page);
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/tickets', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(note);
  // The relay is being asked: the copy is read meanwhile.
  await expect(page.getByText('Un texte sain.')).toBeVisible();
  await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
  answer();
  await writesOn(page);
  expect(await wasOutdated()).toBe(false);
});

test('such a copy is read while the relay gives no answer, and written in again by itself once it does', async ({
  page,
  browser,
}) => {
  const note = await spoiltNote(page);
  await takenBackElsewhere(page, browser, note);
  const wasOutdated = await watchForOutdated(page);
  await page.route('**/api/tickets', (route) => route.abort());
  await page.goto(note);
  await expect(page.getByText('La copie de ce document sur cet appareil contient')).toBeVisible();
  await expect(page.getByText('Un texte sain.')).toBeVisible();
  await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
  if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, 'unknown-offline.png') });
  await page.unroute('**/api/tickets');
  await writesOn(page);
  expect(await wasOutdated()).toBe(false);
});

test('a carnet whose guide no editor can hold is read, and its manager takes it back and arranges it again', async ({
  page,
}) => {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouveau carnet' }).click({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Titre' }).fill('Recettes');
  await page.getByRole('button', { name: 'Créer le carnet' }).click();
  // The dialog that goes has a field of the same name.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const title = page.getByRole('textbox', { name: 'Titre du carnet' });
  await expect(title).toHaveValue('Recettes');
  await isSaved(page);
  await send(page, idOf(page), unknownIn('guide', 'hologram'));
  await expect(back(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Un contenu de ce carnet n’a pas été accepté.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Recettes' })).toBeVisible();
  await expect(title).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Nouvelle note' })).toHaveCount(1);
  if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, 'good-state-carnet.png') });
  await back(page).click();
  await expect(title).toBeVisible();
  await title.click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' d’hiver');
  await isSaved(page);
  await expect(title).toHaveValue('Recettes d’hiver');
  await expect(back(page)).toHaveCount(0);
});
