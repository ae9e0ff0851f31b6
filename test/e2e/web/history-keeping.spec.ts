import { expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { KeptHistory } from '#shared/api/thinning.ts';
import { newCommunity } from '../../support/newCommunity.ts';
import { openAs } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';
import { writeOldRows } from '../../support/writeOldRows.ts';

const yearMs = 365 * 24 * 3_600_000;

test('an administrator chooses by the keyboard how long keystrokes are kept, is told before what that frees, and takes it back', async ({
  browser,
}) => {
  const relay = await newCommunity({ storage: 'sqlite' });
  try {
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Jardins' });
    const from = Date.now() - 2 * yearMs;
    await writeOldRows(relay.log, note.id, ada.session.person!.id, { from, sittings: 12 });
    const kept = () => ada.json<KeptHistory>('GET', '/api/history-keeping');

    for (const [locale, words] of [
      ['en-CA', { always: 'Always', act: 'Work out what that would free' }],
      ['fr-CA', { always: 'Toujours', act: 'Calculer ce que cela libérerait' }],
    ] as const) {
      const { page, context, errors } = await openAs(browser, ada, `${relay.url}/administration`, {
        reducedMotion: 'reduce',
        locale,
      });
      const always = page.getByRole('radio', { name: words.always });
      await expect(always).toBeChecked();
      await always.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await expect(page.getByRole('button', { name: words.act })).toBeFocused();
      await page.keyboard.press('Enter');
      const keep = page.getByRole('button', { name: /^(Garder ainsi|Keep it so)…$/ });
      await expect(keep).toBeFocused();
      await expect(
        page.getByText(/^1.note (serait allégée, ce qui libérerait|would be made lighter)/),
      ).toBeVisible();
      await keep.scrollIntoViewIfNeeded();
      await takePicture(page, `history-keeping-preview-${locale.slice(0, 2)}`);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(/Ce qui est parti ne revient pas|What is gone does not come back/);
      expect(await seriousFaults(page)).toEqual([]);
      await takePicture(page, `history-keeping-confirm-${locale.slice(0, 2)}`);
      // It begins on what changes nothing.
      await expect(dialog.getByRole('button', { name: /^(Annuler|Cancel)$/ })).toBeFocused();
      expect((await kept()).months).toBeNull();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/partiront à partir du|Older keystrokes go from/)).toBeVisible();
      expect((await kept()).months).toBe(6);
      await takePicture(page, `history-keeping-chosen-${locale.slice(0, 2)}`);
      await page.getByRole('radio', { checked: true, name: /^6/ }).focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/partiront à partir du|Older keystrokes go from/)).toHaveCount(0);
      expect(await kept()).toMatchObject({ months: null, beginsAt: null });
      expect(errors).toEqual([]);
      await context.close();
    }
  } finally {
    await relay.close();
  }
});
