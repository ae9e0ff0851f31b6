import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFakeProject } from './fakeProject.ts';
import type { FakeProject } from './fakeProject.ts';

const LOCK = JSON.stringify({
  packages: {
    '': {},
    'node_modules/one': { version: '1.0.0' },
    'node_modules/other-system': { version: '2.0.0', optional: true },
  },
});

/** An npm that knows (or not) the strict flag, notes what it was asked, and installs one package. */
const fakeNpm = (knowsStrict: boolean, ending = '') => `
const fs = require('node:fs');
const args = process.argv.slice(2);
if (args[0] === 'config') { console.log('${knowsStrict ? 'false' : 'undefined'}'); process.exit(0); }
fs.appendFileSync('calls.txt', args.join(' ') + '\\n');
${ending}
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.mkdirSync('node_modules/one', { recursive: true });
fs.writeFileSync('node_modules/one/package.json', '{}');
fs.rmSync('node_modules/.bin/node', { force: true });
fs.symlinkSync(process.execPath, 'node_modules/.bin/node');
fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/one': { version: '1.0.0' } } }));
`;

describe('the bootstrap', () => {
  let project: FakeProject;
  const bootstrap = () =>
    project.run(['scripts/bootstrap.mjs', 'start'], {
      npm_execpath: path.join(project.folder, 'npm/npm-cli.js'),
    });
  const calls = () => {
    const file = path.join(project.folder, 'calls.txt');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };

  beforeEach(() => {
    project = makeFakeProject();
    project.write('package-lock.json', LOCK);
    project.write('npm/package.json', '{ "type": "commonjs" }');
    project.write('npm/npm-cli.js', fakeNpm(true));
  });
  afterEach(() => project.remove());

  it('installs once, strictly, and then leaves the installation alone', async () => {
    expect(await bootstrap()).toMatchObject({ code: 0 });
    expect(await bootstrap()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatch(/^ci --strict-allow-scripts /);
  });

  it('runs no script at all with an npm that does not know the strict flag', async () => {
    project.write('npm/npm-cli.js', fakeNpm(false));
    expect(await bootstrap()).toMatchObject({ code: 0 });
    expect(calls()[0]).toMatch(/^ci --ignore-scripts /);
  });

  it('installs again when the lock file changed', async () => {
    await bootstrap();
    project.write('package-lock.json', LOCK.replace('"1.0.0"', '"1.0.1"'));
    await bootstrap();
    expect(calls()).toHaveLength(2);
  });

  it('repairs an installation that was interrupted', async () => {
    project.write(
      'npm/npm-cli.js',
      fakeNpm(true, "fs.mkdirSync('node_modules/one', { recursive: true }); process.exit(1);"),
    );
    const interrupted = await bootstrap();
    expect(interrupted.code).toBe(1);
    expect(interrupted.stderr.trim().split('\n').at(-1)).toMatch(
      /^The packages could not be installed .*run the same command again\.$/,
    );

    project.write('npm/npm-cli.js', fakeNpm(true));
    expect(await bootstrap()).toMatchObject({ code: 0 });
    expect(calls()).toHaveLength(2);
  });

  it('accepts a complete installation made by hand, and not one that lacks a package', async () => {
    await bootstrap();
    const stamp = path.join(project.folder, 'node_modules/.calepin-install');
    const kept = readFileSync(stamp, 'utf8');
    project.write('node_modules/.calepin-install', 'from another day');
    await bootstrap();
    expect([calls().length, readFileSync(stamp, 'utf8')]).toEqual([1, kept]);

    project.write('node_modules/.calepin-install', 'from another day');
    project.write('node_modules/.package-lock.json', '{ "packages": {} }');
    await bootstrap();
    expect(calls()).toHaveLength(2);
  });

  describe('for the tests', () => {
    const isRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
    const prepare = (aptGet: string) => {
      project.write('tools/apt-get', `#!/bin/sh\necho "$*" >> apt.txt\n${aptGet}\n`, 0o755);
      project.write('tools/chrome', '');
      return project.run(['scripts/bootstrap.mjs', 'test'], {
        npm_execpath: path.join(project.folder, 'npm/npm-cli.js'),
        // Nothing of the machine is found: neither pdfinfo nor qpdf.
        PATH: path.join(project.folder, 'tools'),
        CALEPIN_CHROMIUM: path.join(project.folder, 'tools/chrome'),
      });
    };

    it('installs the missing tools where it may, and otherwise says which', async () => {
      const { code, stderr } = await prepare('exit 0');
      const log = path.join(project.folder, 'apt.txt');
      const asked = existsSync(log) ? readFileSync(log, 'utf8') : '';
      const installed = {
        code: 0,
        asked: 'update -q\ninstall -y -q --no-install-recommends poppler-utils qpdf\n',
        said: false,
      };
      const named = { code: 1, asked: '', said: true };
      const said = stderr.includes('The tests need poppler-utils, qpdf: install them');
      expect({ code, asked, said }).toEqual(isRootOnDebian ? installed : named);
    });

    it('says in one sentence what is missing when the installation fails', async () => {
      const { code, stderr } = await prepare('echo "no such package"; exit 1');
      expect(code).toBe(1);
      expect(stderr.trim().split('\n').at(-1)).toMatch(
        /^The tests need poppler-utils, qpdf: install them .*npm test/,
      );
    });

    it('refuses a CALEPIN_CHROMIUM that is not there', async () => {
      const { code, stderr } = await project.run(['scripts/bootstrap.mjs', 'test'], {
        npm_execpath: path.join(project.folder, 'npm/npm-cli.js'),
        CALEPIN_CHROMIUM: '/nowhere/chromium',
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/CALEPIN_CHROMIUM names \/nowhere\/chromium, which does not exist/);
    });
  });
});
