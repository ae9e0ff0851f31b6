import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PageAsset } from './PdfPrinter.ts';

interface FontPackage {
  readonly name: string;
  readonly styleSheets: readonly string[];
}

interface Family {
  /** Path under which the page asks for its files. */
  readonly path: string;
  /** The first one installed is taken. */
  readonly packages: readonly FontPackage[];
}

/*
 * Chromium embeds a static font as TrueType and draws a variable one as Type 3 shapes: the same on paper, but a heavier
 * file, twice the time to print, and letters that some readers show less well. So static packages come first.
 */
const families: readonly Family[] = [
  {
    path: '/fonts/serif/',
    packages: [
      {
        name: '@fontsource/source-serif-4',
        styleSheets: ['400.css', '400-italic.css', '600.css', '600-italic.css'],
      },
      { name: '@fontsource-variable/source-serif-4', styleSheets: ['opsz.css', 'opsz-italic.css'] },
    ],
  },
  {
    path: '/fonts/sans/',
    packages: [
      { name: '@fontsource/inter', styleSheets: ['400.css', '400-italic.css', '500.css', '600.css'] },
      { name: '@fontsource-variable/inter', styleSheets: ['wght.css', 'wght-italic.css'] },
    ],
  },
];

const { resolve } = createRequire(import.meta.url);

function locate(family: Family): { folder: string; styleSheets: readonly string[] } {
  for (const { name, styleSheets } of family.packages) {
    try {
      return { folder: dirname(resolve(`${name}/package.json`)), styleSheets };
    } catch {
      // Not installed: the next one.
    }
  }
  throw new Error(`none of these fonts is installed: ${family.packages.map((one) => one.name).join(', ')}`);
}

/** The `@font-face` rules of the book's two families, whose files are asked for under `/fonts/` as letters need them. */
export async function bookFontRules(): Promise<string> {
  const rules = await Promise.all(
    families.flatMap((family) => {
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
  const family = families.find((one) => path.startsWith(one.path));
  const name = family && path.slice(family.path.length);
  if (!family || !name || !/^[a-z0-9-]+\.woff2?$/.test(name)) return null;
  return {
    bytes: await readFile(join(locate(family).folder, 'files', name)),
    mediaType: name.endsWith('2') ? 'font/woff2' : 'font/woff',
  };
}
