import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from '@playwright/test';

/** Pictures of what a person sees, in light and in dark and on two widths, to be looked at; only where CALEPIN_PICTURES says where they are kept. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['CALEPIN_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const width of [before?.width ?? 1280, 1920])
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: before?.height ?? 900 });
      await page.emulateMedia({ colorScheme: scheme });
      // Colours change over a moment.
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${scheme}.png`) });
    }
  await page.emulateMedia({ colorScheme: null });
  if (before !== null) await page.setViewportSize(before);
}
