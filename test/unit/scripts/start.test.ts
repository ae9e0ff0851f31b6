import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeNodeProblem } from '../../../scripts/checkNode.mjs';
import { retryUntil } from '../../support/retryUntil.ts';
import { makeFakeProject } from './fakeProject.ts';
import type { FakeProject } from './fakeProject.ts';

const SERVER = `
export async function runServer({ mode }: { mode: string }) {
  const timer = setInterval(() => {}, 1000);
  return {
    url: 'http://127.0.0.1:1/', readyUrl: 'http://127.0.0.1:1/#launch=' + mode,
    close: async () => { clearInterval(timer); console.error('closed'); },
  };
}`;

describe('npm start', () => {
  let project: FakeProject;
  beforeEach(() => {
    project = makeFakeProject();
    project.write('server/main.ts', SERVER);
    project.write('renderer/index.html', '<p>');
    project.write('renderer/offline/serviceWorker.js', 'const build = self.__BUILD__;');
    project.write(
      'node_modules/vite/bin/vite.js',
      "console.log('noise'); const fs = require('node:fs'); fs.appendFileSync('builds.txt', 'x'); fs.mkdirSync('dist/renderer/assets', { recursive: true }); for (const name of ['manifest.json', 'index.html']) fs.writeFileSync('dist/renderer/' + name, '{}');",
    );
    project.write('node_modules/vite/package.json', '{ "type": "commonjs" }');
  });
  afterEach(() => project.remove());

  /** Starts, waits for the ready line, ends it by Ctrl-C and returns what was said. */
  const startAndStop = async (env: Record<string, string> = { CALEPIN_OPEN: '0' }) => {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: project.folder,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) child.kill('SIGINT');
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  };

  it('prints the ready line and nothing else on standard output, and closes the relay on Ctrl-C', async () => {
    const { code, stdout, stderr } = await startAndStop();
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Calepin is ready: http://127.0.0.1:1/#launch=local\n',
    });
    expect(stderr).toContain('closed');
  });

  it('builds the interface again only when a source changed or the result is gone', async () => {
    const builds = async () =>
      (
        await project.run(['-e', "console.log(require('fs').readFileSync('builds.txt','utf8').length)"])
      ).stdout.trim();
    await startAndStop();
    await startAndStop();
    expect(await builds()).toBe('1');
    project.write('shared/new.ts', 'export const added = 1;');
    await startAndStop();
    expect(await builds()).toBe('2');
    rmSync(path.join(project.folder, 'dist/renderer'), { recursive: true });
    await startAndStop();
    expect(await builds()).toBe('3');
  });

  it.skipIf(process.platform !== 'linux')(
    'says in one line why no window opens, and opens the browser on the same address',
    async () => {
      const opened = path.join(project.folder, 'opened.txt');
      // Moved in one piece, so that a reader never sees half a line.
      project.write(
        'tools/xdg-open',
        '#!/bin/sh\necho "$1" > opened.part && mv opened.part opened.txt\n',
        0o755,
      );
      const { code, stdout, stderr } = await startAndStop({
        DISPLAY: ':99',
        PATH: `${path.join(project.folder, 'tools')}:${process.env['PATH'] ?? ''}`,
      });
      expect([code, stdout]).toEqual([0, 'Calepin is ready: http://127.0.0.1:1/#launch=local\n']);
      const said = stderr.split('\n').filter((line) => line.includes('window'));
      expect(said).toEqual([
        expect.stringMatching(
          /^The desktop window cannot open \(.+\): Calepin opens in the browser instead\.$/,
        ),
      ]);
      await retryUntil('the browser to be opened', () => existsSync(opened));
      expect(readFileSync(opened, 'utf8')).toBe('http://127.0.0.1:1/#launch=local\n');
    },
  );

  it('says in one sentence that the port is taken', async () => {
    project.write(
      'server/main.ts',
      "export async function runServer() { throw Object.assign(new Error('listen'), { code: 'EADDRINUSE', port: 4747 }); }",
    );
    const { code, stdout, stderr } = await project.run(['scripts/start.mjs'], { CALEPIN_OPEN: '0' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^Port 4747 is in use.*PORT=0/);
  });
});

describe('the check of Node', () => {
  it('accepts Node 24 and newer, and says what to do about an older one', () => {
    expect(describeNodeProblem('24.0.0')).toBeNull();
    expect(describeNodeProblem('26.1.0')).toBeNull();
    expect(describeNodeProblem('20.20.2')).toMatch(
      /needs Node 24 or newer and this is Node 20\.20\.2: .*npm start/,
    );
  });
});
