import { spawn } from 'node:child_process';
import { requireNode } from './checkNode.mjs';

requireNode();
const { buildDesktop, buildRenderer } = await import('./build.mjs');
const { describeDesktopObstacle, downloadElectron, findElectron } = await import('./findElectron.mjs');
const { openBrowser } = await import('./openBrowser.mjs');
const { serve } = await import('./serve.mjs');
const { root } = await import('./run.mjs');

/** @param {string} text - standard output holds the ready line and nothing else of ours. */
const say = (text) => process.stderr.write(`${text}\n`);

/**
 * Opens the desktop shell, which hosts its own relay and prints the ready line; ends this process when it ends.
 * @param {string} executable
 * @returns {Promise<void>} resolves only when the shell failed before it was ready.
 */
function runDesktop(executable) {
  return new Promise((resolve) => {
    const child = spawn(executable, [root], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let seen = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      if (!seen.includes('Calepin is ready: ')) seen += chunk.toString();
    });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal);
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    const giveUp = () => {
      for (const signal of signals) process.off(signal, forward);
      resolve();
    };
    child.on('error', giveUp);
    child.on('close', (code) => {
      // A second start hands over to the window that is open already, and ends with 0 without a ready line.
      if (code === 0 || seen.includes('Calepin is ready: ')) process.exit(code ?? 0);
      giveUp();
    });
  });
}

/** The desktop executable to use, or the reason why the browser is used instead. */
async function chooseDesktop() {
  const obstacle = describeDesktopObstacle();
  if (obstacle !== null) return { executable: null, reason: obstacle };
  const executable = findElectron() ?? (await downloadElectron());
  return { executable, reason: 'its Electron binary is not here and could not be downloaded' };
}

const wantsWindow = process.env['CALEPIN_OPEN'] !== '0';
// The one try to download Electron goes on while the interface is built.
const [built, desktop] = await Promise.all([
  buildRenderer(),
  wantsWindow ? chooseDesktop() : { executable: null, reason: null },
]);
if (!built) {
  say('The interface could not be built; the reason is above.');
  process.exit(1);
}

let reason = desktop.reason;
if (desktop.executable !== null) {
  if (await buildDesktop()) {
    await runDesktop(desktop.executable);
    reason = 'it ended before it was ready';
  } else {
    reason = 'it could not be built';
  }
}
if (reason !== null) say(`The desktop window cannot open (${reason}): Calepin opens in the browser instead.`);

const server = await serve('local');
process.stdout.write(`Calepin is ready: ${server.readyUrl}\n`);
if (wantsWindow && !openBrowser(server.readyUrl))
  say('No browser to open here: open the address above yourself.');
