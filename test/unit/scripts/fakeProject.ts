import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../scripts');

export interface FakeProject {
  readonly folder: string;
  /** Writes a file below the project, with the folders that it needs. */
  write(name: string, text: string, mode?: number): void;
  /** Runs one of the project's scripts to its end, on the Node that runs the tests. */
  run(
    args: string[],
    env?: Record<string, string>,
  ): Promise<{ code: number | null; stdout: string; stderr: string }>;
  remove(): void;
}

/** A folder with the real scripts, around which a test puts tools that only pretend. */
export function makeFakeProject(): FakeProject {
  const folder = mkdtempSync(path.join(tmpdir(), 'calepin-scripts-'));
  mkdirSync(path.join(folder, 'scripts'));
  for (const name of readdirSync(scripts)) {
    if (name.endsWith('.mjs')) copyFileSync(path.join(scripts, name), path.join(folder, 'scripts', name));
  }
  const write: FakeProject['write'] = (name, text, mode) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (mode !== undefined) chmodSync(file, mode);
  };
  write('package.json', '{ "type": "module" }');
  return {
    folder,
    write,
    run: (args, env = {}) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, args, {
          cwd: folder,
          env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
        child.on('close', (code) => resolve({ code, stdout, stderr }));
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
