import { existsSync } from 'node:fs';
import path from 'node:path';

// The shell draws the same pages without a window, for a quarter less of the processor.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

const FIXED_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Looks for an executable in the folders of PATH.
 * @param {string} name
 * @returns {string | null} its full path.
 */
export function findInPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (folder !== '' && existsSync(file)) return file;
  }
  return null;
}

/**
 * Finds the Chromium that tests and scripts drive: `CALEPIN_CHROMIUM`, then the usual places, then PATH.
 * @returns {string | null} the executable's path, or null when there is none.
 */
export function findChromium() {
  const asked = process.env['CALEPIN_CHROMIUM'];
  if (asked) return existsSync(asked) ? asked : null;
  const fixed = FIXED_PLACES.find((file) => existsSync(file));
  if (fixed !== undefined) return fixed;
  for (const name of NAMES) {
    const found = findInPath(name);
    if (found !== null) return found;
  }
  return null;
}
