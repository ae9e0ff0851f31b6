import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';

let relay: FullRelay;
test.beforeAll(async () => {
  relay = await newFullRelay();
});
test.afterAll(async () => {
  await relay.close();
});

/** What axe finds serious or critical on the page, told so that a failure can be read. */
async function seriousViolations(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // The two schemes differ in their colours alone.
  const found = await (scheme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
  // Words of the very colour of their ground are for axe not certain to be a fault.
  const unseen = found.incomplete.flatMap(({ nodes }) =>
    nodes.filter(({ any }) =>
      any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey === 'equalRatio'),
    ),
  );
  return [
    ...found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    ...(unseen.length === 0 ? [] : [{ id: 'words that cannot be seen', nodes: unseen }]),
  ].map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no serious fault of accessibility on any screen, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const { context, page } = await openOwner(browser, relay, { colorScheme, reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    const look = async (screen: string): Promise<void> => {
      const faults = await seriousViolations(page, colorScheme);
      if (faults.length > 0) found[screen] = faults;
    };
    await expect(page.getByRole('heading', { level: 1, name: 'Toutes les notes' })).toBeVisible();
    await expect(page.locator('main').getByRole('link').first()).toBeVisible();
    await look('library');

    await page.getByRole('searchbox').first().fill('note');
    await expect(page.getByRole('list', { name: 'Résultats' }).getByRole('link').first()).toBeVisible();
    await look('search');
    await page.getByRole('searchbox').first().fill('');

    await page
      .locator('main')
      .getByRole('link', { name: /Bienvenue dans Calepin/ })
      .click();
    await expect(page.getByRole('button', { name: 'Modifier' }).first()).toBeVisible();
    await look('note, reading');
    await page.getByRole('button', { name: 'Modifier' }).first().click();
    await expect(page.getByRole('textbox', { name: 'Texte de la note' })).toBeVisible();
    await look('note, editing');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Partager' }).click();
    await page.getByRole('button', { name: 'Créer un lien' }).click();
    await expect(page.getByTestId('invitation-link')).toBeVisible();
    const link = await page.getByTestId('invitation-link').inputValue();
    await look('sharing');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.getByRole('button', { name: 'Actes sur la note' }).click();
    await expect(page.getByRole('menuitem', { name: 'Historique' })).toBeVisible();
    await expect(page.getByRole('menu')).toHaveCSS('opacity', '1');
    await look('menu of a note');
    await page.getByRole('menuitem', { name: 'Exporter', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('export');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Premiers pas/ })
      .click();
    await expect(page.getByRole('textbox', { name: 'Titre du carnet' })).toBeVisible();
    await look('carnet');

    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('palette');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.getByRole('link', { name: /^Réglages/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
    await look('settings');
    await page.getByRole('link', { name: 'Corbeille' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'La corbeille est vide' })).toBeVisible();
    await look('trash, empty');
    await page.goto(`${relay.url}/notes/${'A'.repeat(22)}`);
    await expect(
      page.getByRole('heading', { level: 1, name: 'Cette page ne vous est pas ouverte' }),
    ).toBeVisible();
    await look('not allowed');
    await context.close();

    const guest = await openBrowser(browser, link, { colorScheme, reducedMotion: 'reduce' });
    await expect(guest.page.getByRole('textbox', { name: 'Votre nom' })).toBeVisible();
    const joining = await seriousViolations(guest.page, colorScheme);
    if (joining.length > 0) found['join'] = joining;
    await guest.context.close();
    expect(found).toEqual({});
  });
}
