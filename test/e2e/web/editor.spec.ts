import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { Product } from '../../support/Product.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures/paste');
let product: Product;
const contexts: BrowserContext[] = [];

// The machine may be busy: the times below are limits, not waits.
test.describe.configure({ timeout: 180_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  product = await Product.start();
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(async () => {
  await product.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const isSaved = (page: Page): Promise<void> =>
  expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 20_000 });

/** The person of this computer in a new note, and what the page refused or threw. */
async function newNote(browser: Browser): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/.test(message.text())) faults.push(message.text());
  });
  await page.goto(product.readyUrl);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await expect(bodyOf(page)).toBeVisible({ timeout: 30_000 });
  return { page, faults };
}

/** The same person in the same note, in another browser. */
async function otherWindow(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(product.readyUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible({ timeout: 30_000 });
  await page.goto(url);
  await page.getByRole('button', { name: 'Modifier' }).first().click();
  await expect(bodyOf(page)).toBeVisible();
  return page;
}

test('a note is written with the keyboard alone: title, headings, blocks, formula, footnote, table', async ({
  browser,
}) => {
  const { page, faults } = await newNote(browser);
  await page.getByRole('textbox', { name: 'Titre de la note' }).click();
  await page.keyboard.type('Écrit au clavier');
  await page.keyboard.press('Enter');
  await page.keyboard.type('# Premier titre');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Une phrase "citée" : voilà.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/conseil');
  await expect(page.getByRole('option', { name: /conseil/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Une astuce');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Une note');
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('au bas');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' ici, et $x^2$ aussi');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/tableau');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Poste');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Prévu');

  const body = bodyOf(page);
  await expect(body.getByRole('heading', { level: 1 })).toHaveText('Premier titre');
  await expect(body).toContainText('Une phrase «\u00a0citée\u00a0»\u00a0: voilà.');
  await expect(body.locator('aside')).toContainText('Une astuce');
  await expect(body.locator('math')).toHaveCount(1);
  await expect(body.locator('th')).toHaveText(['Poste', 'Prévu', '']);
  await expect(body.locator('.footnote')).toHaveCount(1);

  // Read: the same, unbound, with its notes at the end and links both ways.
  await isSaved(page);
  await page
    .getByRole('button', { name: 'Terminer' })
    .or(page.getByRole('button', { name: 'Lire' }))
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Premier titre' })).toBeVisible();
  await expect(page.locator('[role="doc-endnotes"]')).toContainText('au bas');
  await expect(page.locator('[role="doc-noteref"]')).toHaveAttribute('href', '#note-1');
  await expect(page.getByRole('columnheader')).toHaveText(['Poste', 'Prévu', '']);
  expect(faults).toEqual([]);
});

test('what is pasted from Word under the page’s own policy is clean', async ({ browser }) => {
  const { page, faults } = await newNote(browser);
  await bodyOf(page).click();
  const html = readFileSync(path.join(fixtures, 'word.html'), 'utf8');
  await bodyOf(page).evaluate((element, source) => {
    const data = new DataTransfer();
    data.setData('text/html', source);
    data.setData('text/plain', 'Procès-verbal');
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, html);
  const body = bodyOf(page);
  await expect(body.getByRole('heading', { level: 1 })).toHaveText('Procès-verbal');
  await expect(body.locator('ul > li > ul > li')).toHaveText(['Détail du premier']);
  await expect(body.locator('ol > li')).toHaveText(['Adopter le budget', 'Écrire à la ville']);
  await expect(body.locator('td[colspan="2"]')).toHaveText('Budget');
  expect(await body.locator('[style*="mso"], [class*="Mso"]').count()).toBe(0);
  expect(faults.filter((fault) => !/style/.test(fault))).toEqual([]);
});

test('the lines being read, and the caret in them, stay where they are while somebody types above', async ({
  browser,
}) => {
  const { page } = await newNote(browser);
  await bodyOf(page).click();
  for (let line = 1; line <= 40; line += 1) {
    await page.keyboard.insertText(`Ligne ${line}`);
    await page.keyboard.press('Enter');
  }
  await isSaved(page);
  const other = await otherWindow(browser, page.url());
  await expect(bodyOf(other)).toContainText('Ligne 40');

  const line = bodyOf(page).getByText('Ligne 35', { exact: true });
  await line.click();
  await page.keyboard.press('End');
  const before = await line.boundingBox();
  await bodyOf(other).getByText('Ligne 1', { exact: true }).click();
  await other.keyboard.press('Home');
  for (let added = 0; added < 8; added += 1) {
    await other.keyboard.insertText('Ajouté plus haut');
    await other.keyboard.press('Enter');
  }
  await expect(bodyOf(page).getByText('Ajouté plus haut')).toHaveCount(8);
  const after = await line.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3);
  await page.keyboard.insertText(' : ici');
  // The caret, with its name, stands at the end of that line.
  await expect(bodyOf(other)).toContainText('Ligne 35 : ici');
});

test('Ctrl+F finds without accents, Ctrl+H replaces all as one step, Alt+F10 and Escape go to the toolbar and back', async ({
  browser,
}) => {
  const { page } = await newNote(browser);
  const body = bodyOf(page);
  await body.click();
  await page.keyboard.insertText('Un été, deux étés, trois ÉTÉS');
  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Rechercher dans la note' });
  await bar.getByRole('textbox', { name: 'Rechercher' }).fill('ete');
  await expect(bar.getByRole('status')).toHaveText(/^1 sur 3$|^[123] sur 3$/);
  await bar.getByRole('button', { name: 'Afficher le remplacement' }).click();
  await bar.getByRole('textbox', { name: 'Remplacer par' }).fill('hiver');
  await bar.getByRole('button', { name: 'Tout remplacer' }).click();
  await expect(body).toContainText('Un hiver, deux hivers, trois hiverS');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await body.click();
  await page.keyboard.press('Control+z');
  await expect(body).toContainText('Un été, deux étés, trois ÉTÉS');

  await page.keyboard.press('Alt+F10');
  await expect(
    page.getByRole('toolbar', { name: 'Mise en forme' }).getByRole('button', { name: 'Style du bloc' }),
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(body).toBeFocused();

  // From a menu of the toolbar: first to its button, then to the text.
  for (const name of ['Style du bloc', 'Alignement du texte', 'Insérer']) {
    const button = page.getByRole('toolbar').getByRole('button', { name }).first();
    await button.click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(button).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(body).toBeFocused();
  }
});

test('a picture that is dropped is sent, shown, described and read', async ({ browser }) => {
  const { page } = await newNote(browser);
  const body = bodyOf(page);
  await body.click();
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';
  await body.evaluate((element, source) => {
    const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'affiche.png', { type: 'image/png' }));
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, png);
  const image = body.locator('img.media-image');
  await expect(image).toHaveAttribute('src', /\/api\/attachments\//);
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth))
    .toBeGreaterThan(0);
  await image.click();
  await page
    .getByRole('textbox', { name: 'Texte pour qui ne voit pas l’image' })
    .fill('L’affiche de l’assemblée');
  await page.keyboard.press('Enter');
  await expect(image).toHaveAttribute('alt', 'L’affiche de l’assemblée');

  const refused = page.getByText(/est d’un type qui ne peut pas être ajouté/);
  await body.evaluate((element) => {
    const data = new DataTransfer();
    data.items.add(new File(['<svg/>'], 'dessin.svg', { type: 'image/svg+xml' }));
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(refused).toBeVisible();
});
