import { fileURLToPath } from 'node:url';
import { buildDesktop, buildRenderer } from './build.mjs';
import { requireNode } from './checkNode.mjs';
import { describeDesktopObstacle, findElectron } from './findElectron.mjs';
import { run } from './run.mjs';

/**
 * Why the specs of the desktop cannot run on Electron's own binary here.
 * @returns {string | null} a part of a sentence, or null when they can.
 */
export function describeNoElectron() {
  if (findElectron() === null) return 'no Electron binary here';
  return describeDesktopObstacle();
}

/** Runs them, on what is built now. A machine without the binary is no failure, and is said. */
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
