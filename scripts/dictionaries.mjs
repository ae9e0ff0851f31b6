import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toBdic } from './bdic.mjs';

/** Where the build puts them; electron-builder.yml takes them from there, electron/main/spelling.ts reads them. */
export const DICTIONARIES_FOLDER = 'dist/dictionaries';

/**
 * The packages that hold the words, and the file that Chromium looks for (components/spellcheck/common/spellcheck_common.cc:
 * language, region, and the version of Chromium's own dictionary, which rises only when that one changes). Canadian English
 * is what the first users write.
 * @type {readonly { source: string, file: string }[]}
 */
export const DICTIONARIES = [
  { source: 'dictionary-fr', file: 'fr-FR-3-0.bdic' },
  { source: 'dictionary-en-ca', file: 'en-CA-10-1.bdic' },
];

/** @param {string} root - the project's folder. */
export function writeDictionaries(root) {
  const folder = path.join(root, DICTIONARIES_FOLDER);
  mkdirSync(folder, { recursive: true });
  for (const { source, file } of DICTIONARIES) {
    /** @param {string} name */
    const read = (name) => readFileSync(path.join(root, 'node_modules', source, name), 'utf8');
    writeFileSync(path.join(folder, file), toBdic(read('index.aff'), read('index.dic')));
  }
}
