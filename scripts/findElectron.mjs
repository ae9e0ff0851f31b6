import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const DOWNLOAD_LIMIT_MS = 20_000;
const folder = path.join(root, 'node_modules/electron');
/** Inside node_modules, so that a new installation tries once more. */
const failureFile = path.join(root, 'node_modules/.calepin-electron-failed');

const EXECUTABLES = /** @type {Record<string, string>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
});

/**
 * Finds the Electron executable without downloading anything: in `ELECTRON_OVERRIDE_DIST_PATH`, else in the package.
 * @returns {string | null} its path.
 */
export function findElectron() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  // The package is downloaded into dist, and path.txt is written only once it is whole.
  if (!override && !existsSync(path.join(folder, 'path.txt'))) return null;
  const executable = path.join(
    override ?? path.join(folder, 'dist'),
    EXECUTABLES[process.platform] ?? 'electron',
  );
  return existsSync(executable) ? executable : null;
}

/**
 * Why the desktop window cannot open here even with a binary.
 * @returns {string | null} a part of a sentence, or null when it can.
 */
export function describeDesktopObstacle() {
  if (process.platform !== 'linux') return null;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display here';
  if (process.getuid?.() === 0) return 'it does not run as root';
  return null;
}

/**
 * Tries to download the Electron binary, once for an installation.
 * @param {number} [limitMs] - how long it may take; 20 seconds by default, since somebody waits for a window.
 * @returns {Promise<string | null>} the executable's path, or null when it is not there.
 */
export async function downloadElectron(limitMs = DOWNLOAD_LIMIT_MS) {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] || existsSync(failureFile)) return findElectron();
  const script = path.join(folder, 'install.js');
  if (!existsSync(script)) return null;
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [script], {
      cwd: folder,
      stdio: 'ignore',
      timeout: limitMs,
    });
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
  const found = code === 0 ? findElectron() : null;
  if (found === null) rememberFailure();
  return found;
}

function rememberFailure() {
  try {
    writeFileSync(
      failureFile,
      'The Electron binary could not be downloaded. Delete this file to try again.\n',
    );
  } catch {
    // node_modules cannot be written here: the next start tries once more, which is all that is lost.
  }
}

/**
 * Why the specs of the desktop cannot run on Electron's own binary here.
 * @returns {string | null} a part of a sentence, or null when they can.
 */
export function describeNoElectron() {
  if (findElectron() === null) return 'no Electron binary here';
  return describeDesktopObstacle();
}
