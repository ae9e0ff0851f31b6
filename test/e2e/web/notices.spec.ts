import { expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { newId } from '#server/secrets.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

const count = 230;

let relay: Community;
test.beforeEach(async () => {
  relay = await newCommunity();
});
test.afterEach(() => relay.close());

for (const [locale, title, list, mark] of [
  ['fr-CA', 'Avis', 'Vos avis, du plus récent au plus ancien', 'Nouveau'],
  ['en-CA', 'Notices', 'Your notices, the newest first', 'New'],
] as const) {
  test(`somebody who was away for long goes through their whole inbox by the keyboard, in ${locale}`, async ({
    browser,
  }) => {
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le jardin' });
    const person = ada.session.person!.id;
    await relay.relay.operations.catalogue.notices.add(
      Array.from({ length: count }, (_, n) => ({
        id: newId(),
        person,
        kind: 'message',
        subject: 'note',
        subjectId: note.id,
        within: null,
        from: null,
        text: `Message ${n + 1}`,
        at: Date.now() - (count - n) * 60_000,
        readAt: null,
        count: 1,
      })),
    );
    const { page, errors } = await openAs(browser, ada, `${relay.url}/notices`, { locale });
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    const inbox = page.getByRole('list', { name: list });
    const line = (n: number) => inbox.locator('[data-notice]').filter({ hasText: `Message ${n}` });
    await expect(line(count).getByText(mark, { exact: true })).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
    await takePicture(page, `notices-${locale}`);
    // Tab goes from each to the next one, beyond what was first asked for.
    await line(count).getByRole('link').focus();
    for (let n = count - 1; n > count - 115; n -= 1) {
      await page.keyboard.press('Tab');
      await expect(line(n).getByRole('link')).toBeFocused();
    }
    // Down to the first one ever; it was read by looking at the page, and is marked as what was new.
    await expect(async () => {
      await page.getByRole('main').hover();
      await page.mouse.wheel(0, 100_000);
      await expect(inbox.getByText('Message 1', { exact: true })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(inbox.locator(`[aria-posinset="${count}"]`).getByText(mark, { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible();
    // Of 230 lines only those near the window are drawn.
    expect(await inbox.locator('[data-notice]').count()).toBeLessThan(60);
    await page.reload();
    await expect(line(count)).toBeVisible();
    await expect(inbox.getByText(mark, { exact: true })).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}
