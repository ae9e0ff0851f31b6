import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DICTIONARIES } from './dictionaries.mjs';

// What others wrote and the packages hold, each with the words of its licence. Electron and Chromium bring their own beside.

/** Where the build puts it; electron-builder.yml takes it from there. */
export const LICENCES_FILE = 'dist/third-party-licences.txt';

/** Node itself, for `npm start`: in no package. */
const NOT_SHIPPED = /^node_modules\/node-(linux|win)-/;

/** @typedef {{ folder: string, name: string, version: string, licence: string }} ShippedPackage */

/**
 * Lists the packages that a running application may hold, from the lock file.
 * @param {{ packages: Record<string, { version?: string, license?: string, dev?: boolean }> }} lock - package-lock.json
 * @returns {ShippedPackage[]} by name; `licence` is empty where the package states none.
 */
export function listShipped(lock) {
  return Object.entries(lock.packages)
    .filter(([folder, { dev }]) => folder !== '' && dev !== true && !NOT_SHIPPED.test(folder))
    .map(([folder, { version = '', license = '' }]) => ({
      folder,
      name: folder.split('node_modules/').at(-1) ?? '',
      version,
      licence: license,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/**
 * Reads what a package says of its licence, and of what it holds of others.
 * @param {string} folder - of the package.
 */
function readTexts(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map(({ name }) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .toSorted()
    .join('\n\n');
}

/**
 * Gathers the licences of the packages that are installed; packages with the same words are named together above them.
 * @param {string} root - the project's folder.
 * @returns {string} the text that goes with the application.
 * @throws when a package neither states a licence nor holds one.
 */
export function gatherLicences(root) {
  const shipped = listShipped(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { folder, name, version, licence } of shipped) {
    const full = path.join(root, folder);
    // Of another platform.
    if (!existsSync(full)) continue;
    const text = readTexts(full);
    if (text === '' && licence === '') throw new Error(`${name} ${version} has no licence`);
    const words = text === '' ? `Licence: ${licence}. This package holds no further words of it.` : text;
    byText.set(words, [...(byText.get(words) ?? []), `${name} ${version}${licence && ` (${licence})`}`]);
  }
  const line = '-'.repeat(80);
  const parts = [...byText].map(([text, names]) => `${line}\n${names.join('\n')}\n${line}\n\n${text}\n`);
  const words = shipped
    .filter(({ name }) => DICTIONARIES.some(({ source }) => source === name))
    .map(({ name, version }) => `${name} ${version}`);
  // MPL-2.0, 3.2: who is given another form is told where the source is.
  const source =
    words.length === 0
      ? ''
      : `The words of ${words.toReversed().join(' and ')} are in the form that Chromium reads; their source form is the npm packages of these names and versions.\n\n`;
  return `Calepin holds the following software of others, under their licences.\n\n${source}${parts.join('\n')}`;
}

/** @param {string} root - the project's folder. */
export function writeLicences(root) {
  writeFileSync(path.join(root, LICENCES_FILE), gatherLicences(root));
}
