import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from '@playwright/test';

/** Pictures of what a person sees, in light and in dark, to be looked at; only where CALEPIN_PICTURES says where they are kept. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['CALEPIN_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null });
}
