import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireNode } from './checkNode.mjs';

requireNode();
const { findElectron, describeDesktopObstacle } = await import('./findElectron.mjs');
const { run } = await import('./run.mjs');

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const reports = mkdtempSync(path.join(tmpdir(), 'calepin-test-'));
const isLong = process.argv.includes('--long');
/** @type {Record<string, string>} */
const env = isLong ? { CALEPIN_LONG: '1' } : {};

/** @param {string} text */
const heading = (text) => process.stdout.write(`\n== ${text}\n`);

/**
 * A tool without tests of its own counts as one check.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function check(title, command, args) {
  heading(title);
  const code = await run(command, args, { env });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Reads a runner's own report, and distrusts it: a runner that ended badly, left no report or ran nothing has failed.
 * @param {string} title
 * @param {number} code - the runner's exit code.
 * @param {string} reportFile
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
function countReport(title, code, reportFile, read) {
  /** @type {Count} */
  let count = { passed: 0, failed: 0, skipped: 0 };
  try {
    count = read(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch (error) {
    process.stdout.write(
      `${title}: no readable report (${error instanceof Error ? error.message : String(error)})\n`,
    );
  }
  if (count.passed + count.failed === 0) {
    process.stdout.write(`${title}: no test ran.\n`);
    return { ...count, failed: 1 };
  }
  if (code !== 0 && count.failed === 0) {
    process.stdout.write(`${title}: ended with code ${code} although no test failed.\n`);
    return { ...count, failed: 1 };
  }
  return count;
}

/** @returns {Promise<Count>} */
async function runVitest() {
  heading('Unit, contract, architecture and integration tests');
  const report = path.join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest', args, { env });
  return countReport('vitest', code, report, (result) => {
    // A file that cannot even be loaded has no test to count.
    const brokenFiles = result.testResults.filter(
      (/** @type {any} */ file) =>
        file.status === 'failed' &&
        file.assertionResults.every((/** @type {any} */ test) => test.status !== 'failed'),
    ).length;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + brokenFiles,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  });
}

/** @returns {Promise<Count>} */
async function runPlaywright() {
  heading('Browser tests');
  const report = path.join(reports, 'playwright.json');
  const args = ['test', '--reporter=list,json', '--project=web'];
  if (findElectron() !== null && describeDesktopObstacle() === null) args.push('--project=desktop');
  else process.stdout.write('desktop: not run (no Electron binary that can open a window here)\n');
  const code = await run('playwright', args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  return countReport('playwright', code, report, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }));
}

/** @type {Count[]} */
const counts = [];
counts.push(await check('Format', 'oxfmt', ['--check', '.']));
counts.push(await check('Lint', process.execPath, ['scripts/lint.mjs']));
counts.push(await check('Types', 'tsc', ['-b']));
counts.push(await runVitest());
const build = await check('Build', process.execPath, ['scripts/build.mjs']);
counts.push(build);
if (build.failed === 0) {
  counts.push(await runPlaywright());
} else {
  process.stdout.write('Browser tests: not run, because the build failed.\n');
  counts.push({ passed: 0, failed: 1, skipped: 0 });
}
if (isLong)
  counts.push(await check('A fresh clone starts', process.execPath, ['scripts/checkFreshClone.mjs']));
rmSync(reports, { recursive: true, force: true });

/** @param {keyof Count} key */
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
