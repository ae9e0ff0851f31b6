import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUSES, readFuses } from '../../../scripts/electronFuses.mjs';
import packageJson from '../../../package.json' with { type: 'json' };
import { fusedBytes } from '../../support/fusedBytes.ts';
import { readAsar } from '../../support/readAsar.ts';

// What electron-builder would ship, on a folder that stands in for Electron's: everything but the binary itself. It takes a minute of processor: in the long run only.

const project = path.resolve(import.meta.dirname, '../../..');

describe.runIf(process.env['CALEPIN_LONG'] === '1' && process.platform === 'linux')('the package', () => {
  let folder: string;
  let packed: string;
  let asar: ReturnType<typeof readAsar>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'calepin-package-'));
    const distribution = path.join(folder, 'electron');
    mkdirSync(path.join(distribution, 'resources'), { recursive: true });
    writeFileSync(path.join(distribution, 'electron'), fusedBytes('101100100'));
    chmodSync(path.join(distribution, 'electron'), 0o755);
    writeFileSync(path.join(distribution, 'version'), packageJson.devDependencies.electron);
    for (const name of ['LICENSE', 'LICENSES.chromium.html'])
      writeFileSync(path.join(distribution, name), 'x');
    const run = promisify(execFile);
    await run(process.execPath, ['scripts/build.mjs'], { cwd: project });
    const output = path.join(folder, 'out');
    await run(
      process.execPath,
      [
        'node_modules/electron-builder/cli.js',
        '--dir',
        '--linux',
        '--x64',
        `-c.electronDist=${distribution}`,
        `-c.directories.output=${output}`,
      ],
      { cwd: project, maxBuffer: 1e8 },
    );
    packed = path.join(output, 'linux-unpacked');
    const archive = path.join(packed, 'resources/app.asar');
    asar = readAsar(archive);
    // For docs/benchmarks.md.
    process.stdout.write(`app.asar: ${statSync(archive).size} bytes, ${asar.files.size} files\n`);
  }, 590_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has nine fuses of nine as the threat model wants them, read back from its binary', () => {
    expect(readFuses(path.join(packed, 'calepin'))).toEqual([Object.fromEntries(FUSES)]);
  });

  it('holds the shell, the interface and the packages, and nothing of the workshop', () => {
    const names = [...asar.files.keys()];
    for (const name of [
      'package.json',
      'dist/electron/main/index.js',
      'dist/electron/preload/index.cjs',
      'dist/electron/relay/index.js',
      'dist/renderer/index.html',
      'dist/renderer/manifest.json',
      'dist/dictionaries/fr-FR-3-0.bdic',
      'dist/dictionaries/en-CA-10-1.bdic',
    ])
      expect(names).toContain(name);
    expect(
      names.filter((name) =>
        /\.d\.[mc]?ts$|docx\/dist\/.*\.(iife\.js|umd\.cjs)$|@fontsource\/.*\.woff$/.test(name),
      ),
    ).toEqual([]);
    const folders = new Set(names.map((name) => name.split('/')[0]));
    expect(folders).toEqual(new Set(['dist', 'electron', 'node_modules', 'package.json']));
    expect(names.filter((name) => name.startsWith('electron/'))).toEqual([
      'electron/icons/16x16.png',
      'electron/icons/256x256.png',
      'electron/icons/32x32.png',
    ]);
    expect(
      names.filter((name) =>
        /^dist\/(?!electron\/|renderer\/|dictionaries\/)|\.env|\.map$|\.(br|gz)$/.test(name),
      ),
    ).toEqual([]);
    expect(
      names.filter((name) =>
        /^node_modules\/(electron|dictionary-[a-z-]+|vitest|typescript|@playwright|playwright(-core)?)\//.test(
          name,
        ),
      ),
    ).toEqual([]);
  });

  it('has the fonts of books, which the interface has under other names', () => {
    const fonts = [...asar.files.keys()].filter((name) => /^node_modules\/@fontsource.*\.woff2$/.test(name));
    for (const family of [
      '@fontsource-variable/source-serif-4',
      '@fontsource-variable/inter',
      '@fontsource/eb-garamond',
    ])
      expect(fonts.some((name) => name.startsWith(`node_modules/${family}/`))).toBe(true);
  });

  it('has the licences of all that it holds beside the archive, to be read without the application', () => {
    const words = readFileSync(path.join(packed, 'resources/third-party-licences.txt'), 'utf8');
    // electron-builder puts a package elsewhere than npm does: what it packed says which version it is.
    const held = [...asar.files.keys()]
      .filter((name) => /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(name))
      .map((name) => JSON.parse(asar.read(name).toString('utf8')) as { name: string; version: string });
    expect(held.length).toBeGreaterThan(100);
    const missing = held.filter(({ name, version }) => !words.includes(`\n${name} ${version}`));
    expect(missing).toEqual([]);
    expect(readFileSync(path.join(packed, 'resources/LICENSE.txt'), 'utf8')).toContain('MIT License');
  });

  it('has the native part of this platform alone, beside the archive', () => {
    const native = [...asar.files].filter(([name]) => name.endsWith('.node'));
    expect(native).toEqual([['node_modules/better-sqlite3/prebuilds/linux-x64.node', true]]);
  });

  it('starts its relay from what is packed', async () => {
    const extracted = path.join(folder, 'app');
    asar.extract(extracted);
    cpSync(path.join(packed, 'resources/app.asar.unpacked'), extracted, { recursive: true });
    const child = fork(path.join(extracted, 'dist/electron/relay/index.js'), [], {
      cwd: extracted,
      execArgv: ['--import', path.join(project, 'test/electron-host/parentPort.mjs')],
      serialization: 'advanced',
    });
    child.send({ type: 'start', dataFolder: path.join(folder, 'data'), version: '1.2.3', port: 0 });
    type Said = { type: string; id?: number; port?: number };
    const message = await new Promise<Said>((resolve) => {
      child.on('message', (said: Said) => {
        // What main knows of secrets: nothing.
        if (said.type === 'secret') child.send({ type: 'answered', id: said.id, error: null, value: null });
        else resolve(said);
      });
    });
    expect(message).toMatchObject({ type: 'ready' });
    const answer = await fetch(`http://127.0.0.1:${message.port}/`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    child.send({ type: 'stop' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(readFileSync(path.join(folder, 'data/calepin.sqlite')).length).toBeGreaterThan(0);
  });
});
