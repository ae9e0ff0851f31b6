import { expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';

const noteCount = 260;

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

test('a library of several pages: asked for as one scrolls, sorted, and true after a change far down', async ({
  browser,
}) => {
  const owner = await relay.signIn();
  let last = '';
  for (let n = 1; n <= noteCount; n += 1) {
    const title = `Récit ${String(n).padStart(3, '0')}`;
    last = (await owner.json<NotePage>('POST', '/api/notes', { title })).note.id;
  }
  const { page, errors } = await openOwner(browser, relay);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/notes?')) asked.push(request.url());
  });
  await page.getByRole('combobox', { name: 'Trier', exact: true }).selectOption({ label: 'Titre' });
  const lines = page.locator('main [data-note]');
  await expect(page.getByRole('main').getByRole('link', { name: /^Récit 001/ })).toBeVisible();
  // Not everything is asked for before somebody goes there, and only what is near the window is drawn.
  expect(asked.length).toBeLessThan(4);
  expect(await lines.count()).toBeLessThan(80);

  await page.getByRole('main').hover();
  await page.mouse.wheel(0, 100_000);
  const end = page.getByRole('main').getByRole('link', { name: /^Récit 260/ });
  await expect(end).toBeVisible();

  // Somebody else changes it: one stays where one is.
  await owner.json('PATCH', `/api/notes/${last}`, { visibility: 'members' });
  await end.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(last));
  expect(errors).toEqual([]);
});
