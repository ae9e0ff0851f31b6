import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
// Below the project, so that the planted tests find Vitest.
const cache = path.join(root, 'node_modules/.cache');
let folder: string;

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'report-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says everything that failed in a run: a test, a hook, a file, an error outside any test', async () => {
  const plant = (name: string, body: string) =>
    writeFileSync(
      path.join(folder, name),
      `import { beforeAll, describe, expect, it } from 'vitest';\n${body}`,
    );
  plant('vitest.config.mjs', 'export default {};');
  plant(
    'tests.test.mjs',
    `describe('sums', () => {
       it('add up', () => {});
       it('differ', () => expect(1).toBe(2));
       it.skip('wait', () => {});
     });`,
  );
  plant(
    'hook.test.mjs',
    `describe('a relay', () => { beforeAll(() => { throw new Error('no port'); }); it('answers', () => {}); });`,
  );
  plant('broken.test.mjs', `throw new Error('cannot be read');`);
  plant(
    'outside.test.mjs',
    `it('goes on', async () => { void Promise.reject(new Error('nobody heard')); });`,
  );
  const file = path.join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--root=${folder}`,
      `--reporter=${path.join(root, 'scripts/vitestReport.mjs')}`,
    ],
    { env: { PATH: process.env['PATH'], CALEPIN_VITEST_REPORT: file }, stdio: 'ignore' },
  );
  expect(await once(child, 'close')).toEqual([1, null]);

  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    passed: number;
    skipped: number;
    failures: { file: string; title: string; errors: string[] }[];
  };
  const failures = report.failures
    .map(({ file: name, title, errors }) => `${name} > ${title}: ${errors.join('').split('\n')[0]}`)
    .toSorted();
  expect({ ...report, failures }).toEqual({
    passed: 2,
    skipped: 2,
    failures: [
      ' > an error outside any test: Error: nobody heard',
      'broken.test.mjs > the whole file: Error: cannot be read',
      'hook.test.mjs > a relay: Error: no port',
      'tests.test.mjs > sums > differ: AssertionError: expected 1 to be 2 // Object.is equality',
    ],
  });
});
