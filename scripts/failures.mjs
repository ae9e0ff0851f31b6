import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ file: string, title: string, errors: string[] }} Failure - one thing that failed, and what it said. */

const LINES_EACH = 16;

/**
 * Every failure in a few lines: a log is often seen by its end alone.
 * @param {readonly Failure[]} failures
 * @returns {string} nothing when nothing failed.
 */
export function describeFailures(failures) {
  return failures
    .map(({ file, title, errors }) => {
      const place = file === '' ? '' : `${file} > `;
      return [`FAILED ${place}${title}`, ...errors.flatMap(firstAndLastLines)].join('\n    ');
    })
    .join('\n');
}

/** @param {string} text */
function firstAndLastLines(text) {
  const lines = stripVTControlCharacters(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (lines.length <= LINES_EACH) return lines;
  return [...lines.slice(0, LINES_EACH / 2), '…', ...lines.slice(-LINES_EACH / 2)];
}

/**
 * What failed according to Playwright's JSON report.
 * @param {any} report
 * @returns {Failure[]} a flaky test too: it failed once.
 */
export function playwrightFailures(report) {
  /** @type {Failure[]} */
  const failures = report.errors.map((/** @type {any} */ error) => ({
    file: error.location?.file ?? '',
    title: 'an error outside any test',
    errors: [textOf(error)],
  }));
  /** @param {any} suite @param {string[]} titles */
  const read = (suite, titles) => {
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests)
        if (test.status === 'unexpected' || test.status === 'flaky')
          failures.push({
            file: `test/e2e/${spec.file}:${spec.line}`,
            title: [...titles, spec.title].join(' > '),
            errors: test.results.flatMap((/** @type {any} */ result) => result.errors.map(textOf)),
          });
    for (const inner of suite.suites ?? []) read(inner, [...titles, inner.title]);
  };
  for (const file of report.suites) read(file, []);
  return failures;
}

/** @param {any} error */
const textOf = (error) => String(error.message ?? error.value ?? 'nothing was said');
