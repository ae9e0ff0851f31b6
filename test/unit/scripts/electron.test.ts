import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFakeProject } from './fakeProject.ts';
import type { FakeProject } from './fakeProject.ts';

describe('the download of Electron', () => {
  let project: FakeProject;
  beforeEach(() => {
    project = makeFakeProject();
    project.write('node_modules/electron/package.json', '{ "type": "commonjs" }');
  });
  afterEach(() => project.remove());

  /** What the package's own install script does: it is the one that downloads. */
  const installScript = (ending: string): void =>
    project.write(
      'node_modules/electron/install.js',
      `const fs = require('node:fs'); fs.appendFileSync('tries.txt', 'x'); ${ending}`,
    );
  const download = async (limitMs = 20_000) => {
    const { stdout } = await project.run([
      '--input-type=module',
      '-e',
      `import { downloadElectron } from './scripts/findElectron.mjs'; console.log(await downloadElectron(${limitMs}));`,
    ]);
    return stdout.trim();
  };
  const tries = (): number => {
    const file = path.join(project.folder, 'node_modules/electron/tries.txt');
    return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
  };

  it('is tried once: a failure is remembered until the packages are installed again', async () => {
    installScript('process.exit(1);');
    expect(await download()).toBe('null');
    expect(await download()).toBe('null');
    expect(tries()).toBe(1);
  });

  it('is given up at the limit, and that is remembered too', async () => {
    // By itself it never ends.
    installScript('setInterval(() => {}, 60_000);');
    expect(await download(300)).toBe('null');
    const triesBefore = tries();
    installScript('');
    expect(await download()).toBe('null');
    expect(tries()).toBe(triesBefore);
  });

  it.skipIf(process.platform !== 'linux')('gives the executable when it came', async () => {
    installScript(
      "fs.mkdirSync('dist'); fs.writeFileSync('dist/electron', ''); fs.writeFileSync('path.txt', 'electron');",
    );
    expect(await download()).toBe(path.join(project.folder, 'node_modules/electron/dist/electron'));
  });
});
