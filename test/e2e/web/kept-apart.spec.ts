import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page, test } from '@playwright/test';
import { Product } from '../../support/Product.ts';

/** Pictures of the states, to be looked at; kept where CALEPIN_PICTURES says. */
const pictures = process.env['CALEPIN_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};

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

async function newNote(page: Page): Promise<string> {
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 30_000 });
  await expect(body(page)).toBeVisible();
  await isSaved(page);
  return page.url().split('/').at(-1) ?? '';
}

test('words of somebody who lost the right to write are kept apart, shown, and can be copied and thrown away', async ({
  browser,
}) => {
  const ownerContext = await browser.newContext();
  const guestContext = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const [owner, guest] = [await ownerContext.newPage(), await guestContext.newPage()];
  const note = await newNote(owner);
  await body(owner).click();
  for (let line = 1; line <= 30; line += 1) {
    await owner.keyboard.insertText(`Ligne ${line}`);
    await owner.keyboard.press('Enter');
  }
  await isSaved(owner);
  const link = await owner.evaluate(async (subjectId) => {
    const answer = await fetch('/api/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subject: 'note', subjectId, role: 'author' }),
    });
    return ((await answer.json()) as { url: string }).url;
  }, note);
  await guest.goto(link);
  await guest.getByRole('textbox').first().fill('Grace');
  await guest.locator('button[type="submit"]').click();
  await guest.getByRole('button', { name: 'Modifier' }).first().click();
  await isSaved(guest);
  await guestContext.setOffline(true);
  await body(guest).click();
  await guest.keyboard.type('mes mots à moi');
  await expect(guest.getByTestId('save-state')).toHaveAccessibleName(/gardé sur cet appareil/);
  await owner.evaluate(async (id) => {
    const page = (await (await fetch(`/api/notes/${id}`)).json()) as {
      note: { authors: { id: string; name: string }[] };
    };
    const grace = page.note.authors.find((author) => author.name === 'Grace');
    await fetch(`/api/notes/${id}/authors/${grace?.id ?? ''}`, { method: 'DELETE' });
  }, note);
  await guestContext.setOffline(false);
  // The connection is refused, and the page of the note is no longer this person's.
  await expect(guest.getByText(/ne vous est (plus|pas) ouvert/).first()).toBeVisible({ timeout: 30_000 });
  await guest.mouse.move(600, 500);
  await guest.mouse.wheel(0, 2000);
  await expect(guest.getByText('Ligne 30')).toBeInViewport();
  await expect(guest.getByText(/ne vous est (plus|pas) ouvert/).first()).toBeInViewport();
  await guest.goto(`${product.origin}/`);
  await expect(guest.getByTestId('recovered-notice')).toContainText('une copie récupérée');
  await guest.getByRole('button', { name: 'Voir la copie' }).click();
  await expect(guest.getByRole('textbox', { name: 'Texte de la copie' })).toHaveValue(/mes mots à moi/);
  await guest.getByRole('button', { name: 'Copier' }).click();
  await expect.poll(() => guest.evaluate(() => navigator.clipboard.readText())).toContain('mes mots à moi');
  await picture(guest, 'recovered-copy');
  await guest.getByRole('button', { name: 'Jeter la copie' }).click();
  await guest.getByRole('button', { name: 'Jeter pour toujours' }).click();
  await expect(guest.getByTestId('recovered-notice')).toHaveCount(0);
  await ownerContext.close();
  await guestContext.close();
});

test('an application too old for a note shows what the relay renders, without an editor, and says what to do', async ({
  page,
}) => {
  await newNote(page);
  await body(page).click();
  await page.keyboard.type('# Un titre');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Un texte précieux.');
  await isSaved(page);
  // What the relay answers to an application of an older schema.
  await page.route('**/api/tickets', (route) =>
    route.fulfill({
      status: 426,
      contentType: 'application/json',
      body: JSON.stringify({ error: { code: 'app_outdated' } }),
    }),
  );
  await page.reload();
  await expect(page.getByTestId('outdated-note')).toContainText('Mettez l’application à jour');
  await expect(page.getByTestId('outdated-note')).toContainText('Un texte précieux.');
  await expect(page.getByTestId('outdated-note').getByRole('heading', { name: 'Un titre' })).toBeVisible();
  await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
  await picture(page, 'outdated');
});
