import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './run.mjs';

// The README's first command, typed by a newcomer: clones what is committed, without node_modules, runs "npm start" on the
// machine's own Node, waits for the ready line, asks for the page, stops by Ctrl-C, and times the second start.

const FIRST_LIMIT_MS = 300_000;
const SECOND_LIMIT_MS = 3_000;

const folder = mkdtempSync(path.join(tmpdir(), 'calepin-clone-'));
const data = mkdtempSync(path.join(tmpdir(), 'calepin-data-'));
const ownBinaries = path.join(root, 'node_modules');
const searchPath = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .filter((entry) => !entry.startsWith(ownBinaries))
  .join(path.delimiter);
const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE)/.test(name));
const env = {
  ...Object.fromEntries(kept),
  PATH: searchPath,
  PORT: '0',
  CALEPIN_OPEN: '0',
  CALEPIN_DATA: data,
};

/**
 * Starts, asks for the page once it is ready, and stops.
 * @param {number} limitMs
 * @returns {Promise<number>} milliseconds from the command to the ready line.
 */
async function startOnce(limitMs) {
  const startedAt = Date.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const closed = once(child, 'close');
  const timer = setTimeout(() => endGroup(child.pid, 'SIGKILL'), FIRST_LIMIT_MS);
  let output = '';
  let readyAt = 0;
  for await (const chunk of child.stdout) {
    output += chunk.toString();
    const url = /^Calepin is ready: (\S+)$/m.exec(output)?.[1];
    if (url === undefined || readyAt !== 0) continue;
    readyAt = Date.now();
    const response = await fetch(url);
    const page = await response.text();
    if (response.status !== 200 || !page.includes('<div id="root">'))
      throw new Error(`${url} gave ${response.status}`);
    // As a terminal does it: the signal goes to npm and to what it runs.
    endGroup(child.pid, 'SIGINT');
  }
  const [code] = await closed;
  clearTimeout(timer);
  const lines = output.split('\n').filter((line) => line.startsWith('Calepin is ready: '));
  if (lines.length !== 1) throw new Error(`${lines.length} ready lines, code ${code}:\n${output}`);
  const tookMs = readyAt - startedAt;
  process.stdout.write(`Ready after ${tookMs} ms (at most ${limitMs} ms), stopped with ${code}.\n`);
  if (tookMs > limitMs) throw new Error('The start took too long.');
  return tookMs;
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function endGroup(pid, signal) {
  if (pid !== undefined) process.kill(-pid, signal);
}

try {
  const clone = spawnSync('git', ['clone', '--quiet', root, folder], { stdio: 'inherit' });
  if (clone.status !== 0) throw new Error('The project could not be cloned.');
  await startOnce(FIRST_LIMIT_MS);
  await startOnce(SECOND_LIMIT_MS);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}
