import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFakeProject } from './fakeProject.ts';
import type { FakeProject } from './fakeProject.ts';

const vitestReport = { passed: 5, skipped: 0, failures: [] as unknown[] };
const playwrightReport = {
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 },
  errors: [] as unknown[],
  suites: [] as unknown[],
};
const failedTest = { file: 'test/a.test.ts', title: 'a > holds', errors: ['Error: no\n    at a.test.ts:3'] };

describe('npm test', () => {
  let project: FakeProject;

  const fakeVitest = (report: unknown, code = 0) =>
    project.write(
      'node_modules/vitest/vitest.mjs',
      `import { writeFileSync } from 'node:fs';
       ${report === null ? '' : `writeFileSync(process.env.CALEPIN_VITEST_REPORT, ${JSON.stringify(JSON.stringify(report))});`}
       process.exit(${code});`,
    );
  const fakePlaywright = (report: unknown, code = 0) =>
    project.write(
      'node_modules/@playwright/test/cli.js',
      `require('node:fs').writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE, ${JSON.stringify(JSON.stringify(report))}); process.exit(${code});`,
    );
  const succeeding = 'process.exit(0);';
  const lastLine = async (args: string[] = []) => {
    const { code, stdout } = await project.run(['scripts/test.mjs', ...args]);
    return { code, line: stdout.trimEnd().split('\n').at(-1) };
  };
  const whatFailed = async () => {
    const { stdout } = await project.run(['scripts/test.mjs']);
    return stdout
      .split('\n== What failed\n')[1]!
      .split('\n')
      .filter((line) => line !== '');
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
    fakeVitest({ ...vitestReport, skipped: 1, failures: [failedTest, failedTest] }, 1);
    expect(await lastLine()).toEqual({ code: 1, line: '12 passed, 2 failed, 1 skipped' });
  });

  it('fails on a check of the code', async () => {
    project.write('node_modules/typescript/bin/tsc', 'process.exit(2);');
    expect(await lastLine()).toEqual({ code: 1, line: '11 passed, 1 failed' });
  });

  it('fails when a runner ran nothing, left no report, or ended badly with every test passed', async () => {
    fakeVitest({ ...vitestReport, passed: 0 });
    expect(await lastLine()).toEqual({ code: 1, line: '7 passed, 1 failed' });
    fakeVitest(null);
    expect(await lastLine()).toEqual({ code: 1, line: '7 passed, 1 failed' });
    fakeVitest(vitestReport, 1);
    expect(await lastLine()).toEqual({ code: 1, line: '12 passed, 1 failed' });
  });

  it('ends with the name, the file and the error of everything that failed', async () => {
    project.write(
      'node_modules/typescript/bin/tsc',
      "console.log('shared/a.ts(1,1): wrong'); process.exit(2);",
    );
    fakeVitest({ ...vitestReport, failures: [failedTest] }, 1);
    const spec = (title: string, status: string, message: string) => ({
      title,
      file: 'web/note.spec.ts',
      line: 7,
      tests: [{ status, results: [{ errors: [{ message }] }] }],
    });
    fakePlaywright(
      {
        ...playwrightReport,
        errors: [{ message: 'Error: a worker left' }],
        suites: [
          {
            title: 'web/note.spec.ts',
            specs: [
              spec('opens', 'expected', ''),
              spec('is written', 'unexpected', '\u001b[31mno\u001b[39m\n\nline'),
            ],
            suites: [{ title: 'offline', specs: [spec('is kept', 'flaky', 'late')] }],
          },
        ],
      },
      1,
    );
    expect(await whatFailed()).toEqual([
      'FAILED Types',
      '    shared/a.ts(1,1): wrong',
      '    ended with code 2',
      'FAILED test/a.test.ts > a > holds',
      '    Error: no',
      '        at a.test.ts:3',
      'FAILED an error outside any test',
      '    Error: a worker left',
      'FAILED test/e2e/web/note.spec.ts:7 > is written',
      '    no',
      '    line',
      'FAILED test/e2e/web/note.spec.ts:7 > offline > is kept',
      '    late',
      '11 passed, 5 failed',
    ]);
  });

  it('shows the beginning and the end of a long error', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    fakeVitest({ ...vitestReport, failures: [{ ...failedTest, errors: [lines.join('\n')] }] }, 1);
    const said = await whatFailed();
    expect(said).toHaveLength(1 + 17 + 1);
    expect([said[1], said[8], said[9], said[17]]).toEqual([
      '    line 0',
      '    line 7',
      '    …',
      '    line 39',
    ]);
  });

  it('says that browser tests were not run when the build failed', async () => {
    project.write('scripts/build.mjs', 'process.exit(1);');
    expect(await lastLine()).toEqual({ code: 1, line: '8 passed, 2 failed' });
  });
});
