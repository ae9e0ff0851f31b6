import { spawn } from 'node:child_process';
import { findInPath } from './findChromium.mjs';

/**
 * Opens an address in the person's browser, without waiting for it.
 * @param {string} url
 * @returns {boolean} false when this machine has nothing to open it with (no display, no opener).
 */
export function openBrowser(url) {
  const command = browserCommand(url);
  if (command === null) return false;
  const [file, args] = command;
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  child.on('error', () =>
    process.stderr.write('The browser could not be opened: open the address above yourself.\n'),
  );
  child.unref();
  return true;
}

/**
 * @param {string} url
 * @returns {[string, string[]] | null}
 */
function browserCommand(url) {
  if (process.platform === 'darwin') return ['open', [url]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  const hasDisplay = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  return hasDisplay && findInPath('xdg-open') !== null ? ['xdg-open', [url]] : null;
}
