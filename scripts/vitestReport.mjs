import { writeFileSync } from 'node:fs';

/**
 * A reporter of Vitest: writes to the file named by `CALEPIN_VITEST_REPORT` how many tests passed and were skipped,
 * and everything that failed. Vitest's own JSON report leaves out failed hooks and errors outside a test.
 * @typedef {import('./failures.mjs').Failure} Failure
 * @typedef {import('vitest/node').TestModule} TestModule
 */
export default class VitestReport {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly import('vitest/node').SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env['CALEPIN_VITEST_REPORT'];
    if (file === undefined) throw new Error('CALEPIN_VITEST_REPORT names no file');
    /** @type {Failure[]} */
    const failures = [];
    let [passed, skipped] = [0, 0];
    for (const module of modules) {
      const name = module.relativeModuleId;
      const said = failures.length;
      if (module.errors().length > 0)
        failures.push({ file: name, title: 'the whole file', errors: textsOf(module.errors()) });
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0)
          failures.push({ file: name, title: suite.fullName, errors: textsOf(suite.errors()) });
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped += 1;
        else if (state === 'failed')
          failures.push({ file: name, title: test.fullName, errors: textsOf(errors) });
        else failures.push({ file: name, title: test.fullName, errors: ['It was not brought to its end.'] });
      }
      if (!module.ok() && failures.length === said)
        failures.push({ file: name, title: 'the whole file', errors: [`It ended as ${module.state()}.`] });
    }
    for (const error of unhandledErrors)
      failures.push({ file: '', title: 'an error outside any test', errors: textsOf([error]) });
    writeFileSync(file, JSON.stringify({ passed, skipped, failures }));
  }
}

/** @param {readonly import('vitest/node').SerializedError[]} errors */
function textsOf(errors) {
  return errors.map((error) => [error.stack ?? error.message, error.diff].filter(Boolean).join('\n'));
}
