import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './checkNode.mjs';
import { relayFlags } from '../test/bench/lib/relayFlags.mjs';
import { root, run } from './run.mjs';

// Measures our relay beside others. The others, and the native packages that they bring, are installed only for this,
// in test/bench. Options after "--" go to the harness: npm run bench -- --reps 3 --scenarios fanout,open

requireNode();
const folder = path.join(root, 'test/bench');

/** @returns {Promise<number>} npm's exit code. */
function installRivals() {
  return new Promise((resolve) => {
    const npm = process.env['npm_execpath'] ?? '';
    const [command, first] = npm.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []];
    const child = spawn(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: 'inherit',
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

// npm writes its own record last: without it, an installation was interrupted.
if (!existsSync(path.join(folder, 'node_modules/.package-lock.json')) && (await installRivals()) !== 0) {
  process.stderr.write(
    'The servers to compare with could not be installed in test/bench; the reason is above.\n',
  );
  process.exit(1);
}

const servers = 'raw,raw-batch,yws,hocuspocus,hocuspocus-sqlite,calepin';
const ours = ['calepin=' + path.join(folder, 'adapter.mjs'), 'persistent', ...relayFlags].join(',');
const own = process.argv.slice(2);
const chosen = own.includes('--servers') || own.includes('--report') ? [] : ['--servers', servers];
process.exitCode = await run(process.execPath, [
  path.join(folder, 'relay-bench.mjs'),
  ...chosen,
  '--add',
  ours,
  ...own,
]);
