// Runs before "npm start", "npm run relay" and "npm test" on whatever Node the machine has (18 or newer), with nothing installed:
// built-ins only, and no syntax newer than Node 18.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { REQUIRED_NODE_MAJOR, describeNodeProblem } from './checkNode.mjs';
import { findChromium, findInPath } from './findChromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.calepin-install');
const platform = `${process.platform}-${process.arch}`;
/** Node 24 comes as a package on these; elsewhere the machine has to have it. */
const bringsNode = platform === 'linux-x64' || platform === 'win32-x64';

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`);

/**
 * @param {string} sentence
 * @returns {never}
 */
function giveUp(sentence) {
  say(sentence);
  process.exit(1);
}

/** What an installation of this lock file on this platform is known by. */
function currentStamp() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${platform}\n`;
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return null;
  }
}

/** Is the Node that the scripts will run on there? */
function hasProjectNode() {
  return (
    !bringsNode || existsSync(path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'))
  );
}

/**
 * Was a complete installation of this very lock file made by hand (npm ci)? npm writes its own record last, so an
 * interrupted installation has none, or an older one.
 */
function installedByHand() {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8')).packages;
    return Object.keys(wanted).every((name) => {
      if (name === '') return true;
      if (!(name in present)) return wanted[name].optional === true;
      return (
        present[name].version === wanted[name].version && existsSync(path.join(root, name, 'package.json'))
      );
    });
  } catch {
    return false;
  }
}

/** The command that runs npm: the very npm that runs this script, whatever it is called in PATH. */
function npmCommand() {
  const script = process.env['npm_execpath'];
  if (script && script.endsWith('npm-cli.js') && existsSync(script)) return [process.execPath, script];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** Older versions of npm do not know the strict flag; no package of the project needs a script, so they run none. */
function scriptFlag() {
  const [command = 'npm', ...first] = npmCommand();
  const answer = spawnSync(command, [...first, 'config', 'get', 'strict-allow-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell: command.endsWith('.cmd'),
  });
  const known = answer.status === 0 && /^(true|false)\s*$/.test(answer.stdout);
  return known ? '--strict-allow-scripts' : '--ignore-scripts';
}

/**
 * Runs a command with its output kept aside and the time shown meanwhile.
 * @param {string} label
 * @param {string[]} commandLine
 * @returns {Promise<{ code: number, output: string }>}
 */
function runQuietly(label, commandLine) {
  return new Promise((resolve) => {
    const [command = '', ...args] = commandLine;
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-20000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const startedAt = Date.now();
    const isTerminal = process.stderr.isTTY === true;
    if (!isTerminal) say(`${label}...`);
    const timer = setInterval(
      () => {
        const seconds = Math.round((Date.now() - startedAt) / 1000);
        if (isTerminal) process.stderr.write(`\r${label}... ${seconds} s`);
        else say(`${label}... ${seconds} s`);
      },
      isTerminal ? 500 : 15000,
    );
    const endChild = () => child.kill();
    process.once('exit', endChild);
    let settled = false;
    /**
     * @param {number} code
     * @param {string} [reason]
     */
    const settle = (code, reason = '') => {
      if (settled) return;
      settled = true;
      clearInterval(timer);
      process.off('exit', endChild);
      if (isTerminal) process.stderr.write('\n');
      resolve({ code, output: output + reason });
    };
    child.on('error', (error) => settle(1, String(error)));
    child.on('close', (code) => settle(code ?? 1));
  });
}

async function installPackages() {
  if (bringsNode && process.platform === 'win32' && process.execPath.startsWith(modules)) {
    giveUp(
      'The packages changed and Windows cannot replace the running Node: delete the node_modules folder, then run the same command again.',
    );
  }
  // Without this, an installation interrupted halfway would look complete the next time.
  rmSync(stampFile, { force: true });
  const commandLine = [
    ...npmCommand(),
    'ci',
    scriptFlag(),
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  const { code, output } = await runQuietly('Installing the packages (once, about a minute)', commandLine);
  if (code !== 0) {
    say(output.split('\n').slice(-25).join('\n').trim());
    giveUp(
      'The packages could not be installed (the reason is above): check the network and the free disk space, then run the same command again.',
    );
  }
  checkProjectNode();
  writeFileSync(stampFile, currentStamp());
}

/** The packaged Node needs glibc: on a Linux without it, say so now and not by a strange error later. */
function checkProjectNode() {
  if (!bringsNode) return;
  const shim = path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const answer = spawnSync(shim, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const problem =
    answer.status === 0 ? describeNodeProblem(answer.stdout.trim().replace(/^v/, '')) : 'absent';
  if (problem === null) return;
  giveUp(
    `The Node ${REQUIRED_NODE_MAJOR} that comes with the packages does not run here: install Node ${REQUIRED_NODE_MAJOR} from nodejs.org and put it first in PATH.`,
  );
}

/** What `npm test` needs beside the packages: a Chromium, and the tools with which the PDF tests read a PDF. */
async function ensureTestTools() {
  const asked = process.env['CALEPIN_CHROMIUM'];
  if (asked && !existsSync(asked))
    giveUp(`CALEPIN_CHROMIUM names ${asked}, which does not exist: correct it or unset it.`);
  /** @type {string[]} */
  const missing = [];
  if (findChromium() === null) missing.push('chromium');
  if (process.platform !== 'win32') {
    if (findInPath('pdfinfo') === null || findInPath('pdftotext') === null) missing.push('poppler-utils');
    if (findInPath('qpdf') === null) missing.push('qpdf');
  }
  if (missing.length === 0) return;

  const isRoot = process.getuid !== undefined && process.getuid() === 0;
  const sentence = `The tests need ${missing.join(', ')}: install ${missing.length > 1 ? 'them' : 'it'} with the system's package manager, then run "npm test" again.`;
  if (!isRoot || !existsSync('/etc/debian_version') || findInPath('apt-get') === null) giveUp(sentence);

  const update = await runQuietly('Reading the list of system packages', ['apt-get', 'update', '-q']);
  const install = await runQuietly(`Installing ${missing.join(', ')}`, [
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    // Of Chromium, the part that draws pages without a window: it costs a quarter less, and is found first.
    ...missing.map((name) => (name === 'chromium' ? 'chromium-headless-shell' : name)),
  ]);
  if (install.code !== 0) {
    say(
      (update.code === 0 ? install.output : update.output + install.output)
        .split('\n')
        .slice(-15)
        .join('\n')
        .trim(),
    );
    giveUp(sentence);
  }
}

async function main() {
  // Ending this script by a signal must also end the npm or apt-get that it runs.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const purpose = process.argv[2] ?? 'start';
  if (Number.parseInt(process.versions.node, 10) < REQUIRED_NODE_MAJOR && !bringsNode) {
    giveUp(
      `Calepin needs Node ${REQUIRED_NODE_MAJOR} or newer on this system and this is Node ${process.versions.node}: install it from nodejs.org, then run the same command again.`,
    );
  }
  if (readStamp() !== currentStamp() || !hasProjectNode()) {
    if (hasProjectNode() && installedByHand()) writeFileSync(stampFile, currentStamp());
    else await installPackages();
  }
  if (purpose === 'test') await ensureTestTools();
}

await main();
