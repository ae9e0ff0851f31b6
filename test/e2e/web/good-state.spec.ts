import process from 'node:process';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
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

/** Writes in a note what no editor can hold, as a client of another make would: on a ticket of the person in this page. */
async function spoil(page: Page, note: string): Promise<void> {
  const ticket = await page.evaluate(async (document) => {
    const answer = await fetch('/api/tickets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document, wire: 'calepin.1' }),
    });
    return ((await answer.json()) as { ticket: string }).ticket;
  }, note);
  const { origin } = new URL(page.url());
  const url = `${origin.replace('http', 'ws')}/sync/${note}`;
  const socket = new WebSocket(url, ['calepin.1', `ticket.${ticket}`], { origin });
  await new Promise((resolve) => socket.once('open', resolve));
  const doc = new Y.Doc();
  doc.getXmlFragment('body').push([new Y.XmlElement('hologram')]);
  socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.close();
}

test('a note whose content no editor can hold is read, and its author takes it back to its last good state', async ({
  page,
}) => {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(body(page)).toBeVisible();
  await body(page).click();
  await page.keyboard.insertText('Un texte sain.');
  await isSaved(page);
  await spoil(page, page.url().split('/').at(-1) ?? '');

  const back = page.getByRole('button', { name: 'Revenir au dernier bon état' });
  await expect(back).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Un contenu de cette note n’a pas été accepté.')).toBeVisible();
  await expect(page.getByText('Un texte sain.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
  if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, 'good-state.png') });
  await back.click();

  // The note was being written: so it is again.
  await expect(body(page)).toBeVisible({ timeout: 60_000 });
  await body(page).click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' Et la suite.');
  await isSaved(page);
  await expect(page.getByText('Un texte sain. Et la suite.')).toBeVisible();
  await expect(back).toHaveCount(0);
});
