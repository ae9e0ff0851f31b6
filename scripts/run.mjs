import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @type {Record<string, string>} */
const PACKAGE_BINARIES = {
  oxlint: 'oxlint/bin/oxlint',
  oxfmt: 'oxfmt/bin/oxfmt',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
  vite: 'vite/bin/vite.js',
  playwright: '@playwright/test/cli.js',
};

/**
 * Runs a tool of the project, or any command, in the project's folder, on the Node that runs this script.
 * @param {string} command - a tool of `PACKAGE_BINARIES`, or a path to an executable.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, toStderr?: boolean, onOutput?: (text: string) => void }} [options] -
 *   `toStderr` keeps standard output for what the caller has to say; `onOutput` hears what the tool prints in the place of
 *   the terminal.
 * @returns {Promise<number>} the exit code; 1 when it could not start or was ended by a signal.
 */
export function run(command, args, options = {}) {
  const binary = PACKAGE_BINARIES[command];
  const [file, first] =
    binary === undefined ? [command, []] : [process.execPath, [path.join(root, 'node_modules', binary)]];
  return new Promise((resolve) => {
    const { env, toStderr = false, onOutput } = options;
    const child = spawn(file, [...first, ...args], {
      cwd: root,
      stdio: onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', toStderr ? 2 : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => onOutput?.(text));
    child.on('error', (error) => {
      process.stderr.write(`${file}: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
