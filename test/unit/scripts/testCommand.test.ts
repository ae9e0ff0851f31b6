import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFakeProject } from './fakeProject.ts';
import type { FakeProject } from './fakeProject.ts';

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [] as unknown[],
};
const playwrightReport = {
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 },
  errors: [] as unknown[],
};

describe('npm test', () => {
  let project: FakeProject;

  const fakeVitest = (report: unknown, code = 0) =>
    project.write(
      'node_modules/vitest/vitest.mjs',
      `import { writeFileSync } from 'node:fs';
       const option = process.argv.find((argument) => argument.startsWith('--outputFile.json='));
       ${report === null ? '' : `writeFileSync(option.slice(option.indexOf('=') + 1), '${JSON.stringify(report)}');`}
       process.exit(${code});`,
    );
  const fakePlaywright = (report: unknown, code = 0) =>
    project.write(
      'node_modules/@playwright/test/cli.js',
      `require('node:fs').writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE, '${JSON.stringify(report)}'); process.exit(${code});`,
    );
  const succeeding = 'process.exit(0);';
  const lastLine = async (args: string[] = []) => {
    const { code, stdout } = await project.run(['scripts/test.mjs', ...args]);
    return { code, line: stdout.trimEnd().split('\n').at(-1) };
  };

  beforeEach(() => {
    project = makeFakeProject();
    project.write('node_modules/@playwright/test/package.json', '{ "type": "commonjs" }');
    for (const tool of ['oxlint/bin/oxlint', 'oxfmt/bin/oxfmt', 'typescript/bin/tsc'])
      project.write(`node_modules/${tool}`, succeeding);
    for (const script of ['lint', 'build']) project.write(`scripts/${script}.mjs`, succeeding);
    fakeVitest(vitestReport);
    fakePlaywright(playwrightReport);
  });
  afterEach(() => project.remove());

  it('adds up every runner, each check of the code counting for one', async () => {
    expect(await lastLine()).toEqual({ code: 0, line: '12 passed, 0 failed' });
  });

  it('names skipped tests, and fails on a failed one', async () => {
    fakeVitest({ ...vitestReport, numFailedTests: 2, numPendingTests: 1 }, 1);
    expect(await lastLine()).toEqual({ code: 1, line: '12 passed, 2 failed, 1 skipped' });
  });

  it('fails on a check of the code', async () => {
    project.write('node_modules/typescript/bin/tsc', 'process.exit(2);');
    expect(await lastLine()).toEqual({ code: 1, line: '11 passed, 1 failed' });
  });

  it('fails when a runner ran nothing, left no report, or ended badly with every test passed', async () => {
    fakeVitest({ ...vitestReport, numPassedTests: 0 });
    expect(await lastLine()).toEqual({ code: 1, line: '7 passed, 1 failed' });
    fakeVitest(null);
    expect(await lastLine()).toEqual({ code: 1, line: '7 passed, 1 failed' });
    fakeVitest(vitestReport, 1);
    expect(await lastLine()).toEqual({ code: 1, line: '12 passed, 1 failed' });
  });

  it('counts a test file that cannot be loaded, and a flaky browser test, as failures', async () => {
    fakeVitest({ ...vitestReport, testResults: [{ status: 'failed', assertionResults: [] }] }, 1);
    fakePlaywright({ ...playwrightReport, stats: { ...playwrightReport.stats, flaky: 1 } });
    expect(await lastLine()).toEqual({ code: 1, line: '12 passed, 2 failed' });
  });

  it('says that browser tests were not run when the build failed', async () => {
    project.write('scripts/build.mjs', 'process.exit(1);');
    expect(await lastLine()).toEqual({ code: 1, line: '8 passed, 2 failed' });
  });
});
