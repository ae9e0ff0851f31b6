import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BookTheme } from '#shared/api/exports.ts';
import type { PageAsset } from '../PdfPrinter.ts';
import { allFamilies, familiesOf, type FontFamily } from './themes.ts';

const { resolve } = createRequire(import.meta.url);

function locate(family: FontFamily): { folder: string; styleSheets: readonly string[] } {
  for (const { name, styleSheets } of family.packages) {
    try {
      return { folder: dirname(resolve(`${name}/package.json`)), styleSheets };
    } catch {
      // Not installed: the next one.
    }
  }
  throw new Error(`none of these fonts is installed: ${family.packages.map((one) => one.name).join(', ')}`);
}

/** The `@font-face` rules of a theme's families, whose files are asked for under `/fonts/` as letters need them. */
export async function bookFontRules(theme: BookTheme): Promise<string> {
  const rules = await Promise.all(
    familiesOf(theme).flatMap((family) => {
      const { folder, styleSheets } = locate(family);
      return styleSheets.map(async (name) => {
        const css = await readFile(join(folder, name), 'utf8');
        return css
          .replaceAll('url(./files/', `url(${family.path}`)
          .replaceAll('font-display: swap', 'font-display: block');
      });
    }),
  );
  return rules.join('\n');
}

/** A font file of the book by the path that the page asks for, or null when there is none. */
export async function readBookFont(path: string): Promise<PageAsset | null> {
  const family = allFamilies.find((one) => path.startsWith(one.path));
  const name = family && path.slice(family.path.length);
  if (!family || !name || !/^[a-z0-9-]+\.woff2?$/.test(name)) return null;
  return {
    bytes: await readFile(join(locate(family).folder, 'files', name)),
    mediaType: name.endsWith('2') ? 'font/woff2' : 'font/woff',
  };
}
