import { fileURLToPath } from 'node:url';
import { buildDesktop, buildRenderer } from './build.mjs';
import { requireNode } from './checkNode.mjs';
import { describeNoElectron } from './findElectron.mjs';
import { run } from './run.mjs';

/** Runs the specs of the desktop on Electron's own binary, on what is built now. A machine without the binary is no failure, and is said. */
async function testElectron() {
  requireNode();
  const reason = describeNoElectron();
  if (reason !== null) {
    process.stdout.write(`desktop on Electron: not run (${reason})\n`);
    return 0;
  }
  if (!(await buildRenderer()) || !(await buildDesktop())) return 1;
  return run('playwright', ['test', '--project=desktop'], { env: { CALEPIN_DESKTOP: 'electron' } });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await testElectron();
