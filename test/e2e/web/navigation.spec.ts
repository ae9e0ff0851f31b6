import { type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

/** Which column has the focus. */
const column = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column') ?? null);

test('the start link signs in, leaves the address, and a reload keeps the session', async ({ browser }) => {
  const { context, page, errors } = await openOwner(browser, relay);
  await expect(page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();
  expect(page.url()).toBe(`${relay.url}/`);
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();
  expect(errors).toEqual([]);
  await context.close();
});

test('who has no session and no link is told what to do', async ({ browser }) => {
  const { context, page } = await openBrowser(browser, relay.url);
  await expect(page.getByRole('heading', { level: 1, name: 'Bienvenue dans Calepin' })).toBeVisible();
  await expect(page.getByText('ouvrez le lien d’invitation')).toBeVisible();
  // A start link that no longer serves says so.
  const other = await openBrowser(browser, `${relay.url}/#launch=${'x'.repeat(43)}`);
  await expect(other.page.getByRole('alert')).toContainText('ne sert plus');
  expect(other.page.url()).toBe(`${relay.url}/`);
  await other.context.close();
  await context.close();
});

test('by keyboard alone: skip link, columns, palette, a note, editing and back to reading', async ({
  browser,
}) => {
  const { context, page } = await openOwner(browser, relay);
  await expect(page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => column(page)).toBe('page');

  await page.keyboard.press('F6');
  await expect.poll(() => column(page)).toBe('sidebar');
  await page.keyboard.press('F6');
  await expect.poll(() => column(page)).toBe('page');

  await page.keyboard.press('Control+k');
  const palette = page.getByPlaceholder('Chercher une note, un carnet, un acte…');
  await expect(palette).toBeFocused();
  await page.keyboard.type('plusieurs');
  await expect(page.getByRole('button', { name: /Écrire à plusieurs/ }).first()).toBeVisible();
  await expect(page.locator('[data-action][data-selected]')).toContainText('Écrire à plusieurs');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Écrire à plusieurs' })).toBeVisible();
  await expect(palette).toHaveCount(0);

  // The details have their place in the round.
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  await expect.poll(() => column(page)).not.toBeNull();

  await page.locator('main').focus();
  await page.keyboard.press('e');
  const text = page.getByRole('textbox', { name: 'Texte de la note' });
  await expect(text).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(text).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Modifier' }).first()).toBeFocused();

  await page.keyboard.press('Control+\\');
  await expect(page.getByRole('searchbox', { name: 'Chercher dans les notes' })).toBeHidden();
  await page.keyboard.press('Control+\\');
  await expect(page.getByRole('searchbox', { name: 'Chercher dans les notes' })).toBeVisible();

  await page.locator('main').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await context.close();
});

test('language and theme switch at once and are kept; a dark page is dark before anything is drawn', async ({
  browser,
}) => {
  const { context, page } = await openOwner(browser, relay, { colorScheme: 'light' });
  await page.getByRole('link', { name: /^Réglages/ }).click();
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'fr');
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'en');
  await page.getByText('Dark', { exact: true }).click();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByText('Same as the system').last().click();
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await context.close();
});

test('the interface follows the system’s language', async ({ browser }) => {
  const { context, page } = await openOwner(browser, relay, { locale: 'en-CA' });
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await context.close();
});

test('search finds a note by its text and shows where; an unknown address leads home', async ({
  browser,
}) => {
  const { context, page } = await openOwner(browser, relay);
  const box = page.getByRole('searchbox', { name: 'Chercher dans les notes' });
  await box.fill('palette');
  const results = page.getByRole('list', { name: 'Résultats' });
  await expect(results.getByRole('link').first()).toBeVisible();
  await expect(results.locator('mark').first()).toHaveText(/palette/i);
  await box.press('Escape');
  await expect(page.getByRole('heading', { name: 'Carnets' })).toBeVisible();

  await page.goto(`${relay.url}/rien/ici`);
  await expect(page.getByRole('heading', { level: 1, name: 'Cette page n’existe pas' })).toBeVisible();
  await page.goto(`${relay.url}/notes/${'A'.repeat(22)}`);
  await expect(
    page.getByRole('heading', { level: 1, name: 'Cette page ne vous est pas ouverte' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Revenir à toutes les notes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();
  await context.close();
});

test('who went down the palette to an act stays on it when notes are found meanwhile', async ({
  browser,
}) => {
  const { context, page } = await openOwner(browser, relay);
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  const { promise: held, resolve: letThrough } = Promise.withResolvers<void>();
  await page.route('**/api/search?**', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Chercher une note, un carnet, un acte…').fill('note');
  const acts = page.locator('[data-action]');
  await expect(acts.first()).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('ArrowDown');
  const chosen = (await page.locator('[data-action][data-selected]').textContent()) ?? '';
  letThrough();
  await expect(acts.first()).toContainText('Relier les notes');
  await expect(page.locator('[data-action][data-selected]')).toHaveText(chosen);
  // And goes on from there.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-action][data-selected]')).toHaveText(chosen);
  await context.close();
});

test('narrow windows put the columns in drawers', async ({ browser }) => {
  const { context, page } = await openOwner(browser, relay, { viewport: { width: 700, height: 800 } });
  await expect(page.getByRole('searchbox', { name: 'Chercher dans les notes' })).toBeHidden();
  await page.getByRole('button', { name: 'Montrer la navigation' }).click();
  const recent = page.getByRole('region', { name: 'Récentes' }).getByRole('link').first();
  const title = (await recent.textContent()) ?? '';
  await recent.click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Chercher dans les notes' })).toBeHidden();
  await expect(page.getByTestId('save-state')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Carnet(s) relié(s)' })).toBeHidden();
  await page.getByRole('button', { name: 'Montrer les détails' }).click();
  await expect(page.getByRole('heading', { name: 'Carnet(s) relié(s)' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Carnet(s) relié(s)' })).toBeHidden();
  await context.close();
});

test('nothing moves when what a page shows arrives', async ({ browser }) => {
  const { context, page } = await openOwner(browser, relay);
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  await page.addInitScript(() => {
    const seen = window as unknown as { moved: string[] };
    seen.moved = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources: { node?: Node }[];
      })[]) {
        const what = entry.sources.map(({ node }) => (node as Element | undefined)?.outerHTML?.slice(0, 120));
        seen.moved.push(`${entry.value.toFixed(4)} ${what.join(' | ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const { carnets } = (await (await page.request.get(`${relay.url}/api/carnets`)).json()) as {
    carnets: { id: string }[];
  };
  const { notes } = (await (await page.request.get(`${relay.url}/api/notes`)).json()) as {
    notes: { id: string }[];
  };
  const moved: Record<string, string[]> = {};
  for (const [place, shown] of [
    ['/', page.getByRole('main').getByRole('link').first()],
    [`/notes/${notes[0]?.id}`, page.locator('article p').first()],
    [`/notes/${notes[0]?.id}/history`, page.getByRole('main').getByRole('article')],
    [`/carnets/${carnets[0]?.id}`, page.locator('main [data-entry]').first()],
    ['/settings', page.getByRole('heading', { level: 1 })],
  ] as const) {
    await page.goto(`${relay.url}${place}`);
    await expect(shown).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    const seen = await page.evaluate(() => (window as unknown as { moved: string[] }).moved);
    if (seen.length > 0) moved[place.replace(/[\w-]{22}/, 'id')] = seen;
  }
  expect(moved).toEqual({});
  await context.close();
});

test('a column shows that it has the focus to who goes there by the keyboard, and not to who clicked into what they read', async ({
  browser,
}) => {
  const { context, page } = await openOwner(browser, relay);
  await page.getByRole('link', { name: 'Bienvenue dans Calepin' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bienvenue dans Calepin' })).toBeVisible();
  const outline = (): Promise<string> =>
    page.locator('main').evaluate((main) => getComputedStyle(main).outlineStyle);
  await page.locator('main p').first().click();
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  expect(await outline()).toBe('none');
  do await page.keyboard.press('F6');
  while ((await column(page)) !== 'page');
  expect(await outline()).toBe('solid');
  await context.close();
});

test('the bar over chosen words stays in the column of the text, also where they stand at its edge', async ({
  browser,
}) => {
  for (const width of [780, 1280, 1920]) {
    const { context, page } = await openOwner(browser, relay, { viewport: { width, height: 800 } });
    await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
    const body = page.getByRole('textbox', { name: 'Texte de la note' });
    await body.click();
    await page.keyboard.type('Au bord du texte');
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+Shift+ArrowRight');
    const bar = page.locator('.tool-panel');
    await expect(bar).toBeVisible();
    await takePicture(page, `bar-${width}`);
    await expect
      .poll(async () => {
        const [inside, around] = [await bar.boundingBox(), await page.locator('main').boundingBox()];
        if (inside === null || around === null) return 'not shown';
        const isIn = inside.x >= around.x && inside.x + inside.width <= around.x + around.width;
        return isIn ? 'inside' : `from ${inside.x} where the column begins at ${around.x}`;
      })
      .toBe('inside');
    await context.close();
  }
});
