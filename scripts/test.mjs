import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireNode } from './checkNode.mjs';
import { describeFailures, playwrightFailures } from './failures.mjs';

requireNode();
const { describeNoElectron } = await import('./findElectron.mjs');
const { root, run } = await import('./run.mjs');

/** @typedef {import('./failures.mjs').Failure} Failure */
/** @typedef {{ passed: number, skipped: number, failures: Failure[] }} Outcome */

const reports = mkdtempSync(path.join(tmpdir(), 'calepin-test-'));
const isLong = process.argv.includes('--long');
/** @type {Record<string, string>} */
const env = isLong ? { CALEPIN_LONG: '1' } : {};

/** @param {string} text */
const heading = (text) => process.stdout.write(`\n== ${text}\n`);

/** @param {string} title @param {string} error @returns {Failure} */
const failureOf = (title, error) => ({ file: '', title, errors: [error] });

/**
 * A tool without tests of its own counts as one check. What it says is printed once it has ended: others run beside it.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function check(title, command, args) {
  let output = '';
  const code = await run(command, args, { env, onOutput: (text) => (output += text) });
  heading(title);
  process.stdout.write(output);
  if (code === 0) return { passed: 1, skipped: 0, failures: [] };
  return { passed: 0, skipped: 0, failures: [failureOf(title, `${output}\nended with code ${code}`)] };
}

/**
 * Reads a runner's own report, and distrusts it: a runner that ended badly, left no report or ran nothing has failed.
 * @param {string} title
 * @param {number} code - the runner's exit code.
 * @param {string} reportFile
 * @param {(report: any) => Outcome} read
 * @returns {Outcome}
 */
function readReport(title, code, reportFile, read) {
  /** @type {Outcome} */
  let outcome = { passed: 0, skipped: 0, failures: [] };
  let complaint = 'no test ran';
  try {
    outcome = read(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch (error) {
    complaint = `no readable report (${error instanceof Error ? error.message : String(error)})`;
  }
  if (outcome.failures.length > 0) return outcome;
  if (outcome.passed === 0) return { ...outcome, failures: [failureOf(title, complaint)] };
  if (code !== 0)
    return { ...outcome, failures: [failureOf(title, `ended with code ${code} although no test failed`)] };
  return outcome;
}

/** @returns {Promise<Outcome>} */
async function runVitest() {
  heading('Unit, contract, architecture and integration tests');
  const report = path.join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', `--reporter=${path.join(root, 'scripts/vitestReport.mjs')}`];
  const code = await run('vitest', args, { env: { ...env, CALEPIN_VITEST_REPORT: report } });
  return readReport('vitest', code, report, (outcome) => outcome);
}

/** @returns {Promise<Outcome>} */
async function runPlaywright() {
  heading('Browser tests');
  const report = path.join(reports, 'playwright.json');
  const args = ['test', '--reporter=list,json'];
  const reason = describeNoElectron();
  // The desktop's specs run on the test host; on the binary itself by `npm run test:electron`.
  process.stdout.write(`desktop on Electron: not run (${reason ?? 'npm run test:electron does'})\n`);
  const code = await run('playwright', args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  return readReport('playwright', code, report, (result) => ({
    passed: result.stats.expected,
    skipped: result.stats.skipped,
    failures: playwrightFailures(result),
  }));
}

/** @returns {Promise<Outcome[]>} */
async function runChecks() {
  return [
    await check('Format', 'oxfmt', ['--check', '.']),
    await check('Lint', process.execPath, ['scripts/lint.mjs']),
    // One checker: several look at the same types again, and the tests want the processor.
    await check('Types', 'tsc', ['-b', '--checkers', '1', '--builders', '1']),
  ];
}

// The checks use what the tests leave of the processor while they wait. The build comes after: tests may make one of their own.
const [vitest, checks] = await Promise.all([runVitest(), runChecks()]);
const build = await check('Build', process.execPath, ['scripts/build.mjs']);
const outcomes = [...checks, vitest, build];
if (build.failures.length === 0) outcomes.push(await runPlaywright());
else
  outcomes.push({
    passed: 0,
    skipped: 0,
    failures: [failureOf('Browser tests', 'not run, because the build failed')],
  });
if (isLong)
  outcomes.push(await check('A fresh clone starts', process.execPath, ['scripts/checkFreshClone.mjs']));
rmSync(reports, { recursive: true, force: true });

/** @param {'passed' | 'skipped'} key */
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const failures = outcomes.flatMap((outcome) => outcome.failures);
const skipped = sum('skipped');
process.exitCode = failures.length === 0 ? 0 : 1;
if (failures.length > 0) process.stdout.write(`\n== What failed\n${describeFailures(failures)}\n`);
process.stdout.write(
  `\n${sum('passed')} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
