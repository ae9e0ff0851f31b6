import { type Locator, type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';

let relay: FullRelay;
test.beforeAll(async () => {
  relay = await newFullRelay();
});
test.afterAll(async () => {
  await relay.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const lines = (page: Page): Promise<string[]> =>
  bodyOf(page).evaluate((element) =>
    [...element.children].flatMap((child) => (child.tagName === 'P' ? [child.textContent ?? ''] : [])),
  );

async function newNote(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const body = bodyOf(page);
  await body.click();
  return body;
}

/** Gives the text a file as a drop from the desktop gives it: to the block at the place of the pointer. */
async function dropFile(
  target: Locator,
  file: { name: string; type: string; bytes: number[] },
): Promise<void> {
  await target.evaluate((element, { name, type, bytes }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
    const { left, top } = element.getBoundingClientRect();
    const at = { clientX: left + 2, clientY: top + 2, bubbles: true, cancelable: true, dataTransfer: data };
    for (const kind of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(kind, at));
  }, file);
}

test('the signs of Markdown make blocks and marks', async ({ browser }) => {
  const { page, context } = await openOwner(browser, relay);
  const body = await newNote(page);
  const written: readonly (readonly [string, string])[] = [
    ['## Section', 'h2'],
    ['#### Détail', 'h4'],
    ['- puce', 'ul > li'],
    ['1. rang', 'ol > li'],
    ['[ ] à faire', 'ul[data-type="taskList"] > li'],
    ['> dit-elle', 'blockquote'],
    ['**gras** ', 'strong'],
    ['*penché* ', 'em'],
    ['~~barré~~ ', 's'],
    ['`code` ', 'code'],
    ['==surligné== ', 'mark'],
  ];
  for (const [typed, made] of written) {
    await page.keyboard.type(typed);
    await expect(body.locator(made), typed).toHaveCount(1);
    // Twice leaves a list or a quotation.
    await page.keyboard.press('Enter');
    if (/li|blockquote/.test(made)) await page.keyboard.press('Enter');
  }
  await page.keyboard.type('---');
  await page.keyboard.press('Enter');
  await expect(body.locator('hr')).toHaveCount(1);
  await page.keyboard.type('```');
  await page.keyboard.press('Enter');
  await page.keyboard.type('const a = 1');
  await expect(body.locator('pre')).toContainText('const a = 1');
  await context.close();
});

test('selected words get a menu over them; the handle moves a block by its menu and by a drag', async ({
  browser,
}) => {
  const { page, context } = await openOwner(browser, relay);
  const body = await newNote(page);
  for (const line of ['Un', 'Deux', 'Trois']) {
    await page.keyboard.type(line);
    if (line !== 'Trois') await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Shift+Home');
  const bubble = page.locator('.tool-panel');
  await bubble.getByRole('button', { name: 'Gras' }).click();
  await expect(body.locator('strong')).toHaveText('Trois');
  await expect(bubble.getByRole('button', { name: 'Gras' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('End');
  await expect(bubble).toHaveCount(0);

  const grip = page.getByRole('button', { name: 'Déplacer le bloc, ou ouvrir son menu' });
  await body.getByText('Un', { exact: true }).hover();
  await grip.click();
  await expect(page.getByRole('menuitem', { name: 'Descendre' })).toContainText('Alt+Maj+↓');
  await page.getByRole('menuitem', { name: 'Descendre' }).click();
  await expect.poll(() => lines(page)).toEqual(['Deux', 'Un', 'Trois']);

  await body.getByText('Trois').hover();
  const first = await body.getByText('Deux').boundingBox();
  const from = await grip.boundingBox();
  await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2);
  await page.mouse.down();
  await page.mouse.move(first!.x + 2, first!.y + first!.height, { steps: 6 });
  await page.mouse.move(first!.x + 2, first!.y + 2, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => lines(page)).toEqual(['Trois', 'Deux', 'Un']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => lines(page)).toEqual(['Deux', 'Un', 'Trois']);
  await context.close();
});

test('a picture from the desktop is dropped where it falls; what is too heavy is refused before it leaves', async ({
  browser,
}) => {
  const { page, context } = await openOwner(browser, relay);
  const body = await newNote(page);
  await page.keyboard.type('Avant');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Après');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
    'base64',
  );
  await dropFile(body.getByText('Après'), { name: 'affiche.png', type: 'image/png', bytes: [...png] });
  await expect(body.locator('img.media-image')).toHaveAttribute('src', /\/api\/attachments\//);
  await expect(body.locator('p', { hasText: 'Avant' })).toBeVisible();

  let sent = 0;
  page.on('request', (request) => (sent += request.url().includes('/api/attachments') ? 1 : 0));
  await body.evaluate((element) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(27 * 1024 * 1024)], 'film.png', { type: 'image/png' }));
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByText(/«\sfilm\.png\s» dépasse 26\sMo\. Rien n’a été ajouté/)).toBeVisible();
  expect(sent).toBe(0);
  await page.getByRole('alert').getByRole('button', { name: 'Fermer' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await context.close();
});
