import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { ChromiumPdfPrinter } from './export/ChromiumPdfPrinter.ts';
import type { PdfPrinter } from './export/PdfPrinter.ts';

const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * The printer of this machine: a Chromium that is installed on it.
 * @param asked - its path, when the environment names one.
 * @param searchPath - the folders where commands are looked for, as in PATH.
 * @returns null where there is none: the interface then offers the browser's own print.
 * @throws AppError `config_invalid` when the one asked for is not there.
 */
export function findPdfPrinter(asked: string | null, searchPath: string): PdfPrinter | null {
  if (asked !== null) {
    if (existsSync(asked)) return new ChromiumPdfPrinter({ executablePath: asked });
    throw new AppError(
      'config_invalid',
      `CALEPIN_CHROMIUM must be the path of a Chromium executable; there is none at "${asked}".`,
    );
  }
  const inPath = searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = [...(usualPlaces[process.platform] ?? []), ...inPath].find((file) => existsSync(file));
  return found === undefined ? null : new ChromiumPdfPrinter({ executablePath: found });
}
