import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HostWindow, allowWindows, onLastWindowClosed } from './BrowserWindow.ts';
import { locale, userDataFolder } from './commandLine.ts';
import { HostEmitter, NotInHostError, hostEvent, strict } from './strict.ts';
import { utilityProcesses } from './utilityProcess.ts';

const project = path.resolve(import.meta.dirname, '../..');

const events = [
  'ready',
  'second-instance',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  // Of macOS alone: they never come here.
  'activate',
  'open-url',
  'open-file',
  'render-process-gone',
  'child-process-gone',
  'web-contents-created',
];

/** `app`: its life from ready to quit, on the folder that `--user-data-dir` gives. */
class HostApp extends HostEmitter {
  readonly name = 'Calepin';
  readonly isPackaged = false;
  readonly #ready = new Promise<void>((resolve) => setImmediate(resolve));
  readonly #lockFile = path.join(userDataFolder(), 'host-instance');
  readonly #messages = path.join(userDataFolder(), 'host-second-starts');
  #hasLock = false;
  #quitting = false;
  #protocols: string[] = [];

  constructor() {
    super('app', events);
    void this.#ready.then(() => this.emit('ready'));
    onLastWindowClosed(() => {
      if (this.#quitting) this.#endQuit();
      else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
      else this.quit();
    });
  }

  whenReady = (): Promise<void> => this.#ready;
  isReady = (): boolean => true;
  getVersion = (): string =>
    (JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as { version: string }).version;
  getName = (): string => this.name;
  setName = (): void => undefined;
  getAppPath = (): string => project;
  getLocale = (): string => locale();
  getPreferredSystemLanguages = (): string[] => [locale()];
  focus = (): void => undefined;
  setAppUserModelId = (): void => undefined;
  addRecentDocument = (): void => undefined;

  getAppMetrics = (): { pid: number; type: string; name?: string }[] => [
    { pid: process.pid, type: 'Browser' },
    ...utilityProcesses(),
  ];
  /** No window is made before it was called. */
  enableSandbox = allowWindows;

  getPath(name: string): string {
    if (name === 'temp') return tmpdir();
    if (name !== 'userData' && name !== 'sessionData') throw new NotInHostError(`app.getPath('${name}')`);
    return userDataFolder();
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols.push(scheme);
    return true;
  }

  isDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.includes(scheme);
  }

  /** A file with the process's number stands for the lock; a second start leaves its arguments in a folder that the first one watches. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.#messages, { recursive: true });
    const owner = existsSync(this.#lockFile) ? Number(readFileSync(this.#lockFile, 'utf8')) : null;
    if (owner !== null && owner !== process.pid && isAlive(owner)) {
      const name = path.join(this.#messages, `${process.pid}.json`);
      writeFileSync(name, JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
      return false;
    }
    this.#hasLock = true;
    writeFileSync(this.#lockFile, String(process.pid));
    const watcher = watch(this.#messages, () => this.#readSecondStarts());
    watcher.unref();
    return true;
  }

  quit(): void {
    if (this.#quitting) {
      this.#endQuit();
      return;
    }
    const event = hostEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    const open = HostWindow.getAllWindows();
    if (open.length === 0) this.#endQuit();
    for (const window of open) window.close();
  }

  exit(code = 0): void {
    if (this.#hasLock) rmSync(this.#lockFile, { force: true });
    process.exit(code);
  }

  #endQuit(): void {
    if (HostWindow.getAllWindows().length > 0) return;
    const event = hostEvent({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) return;
    this.emit('quit', hostEvent({}), 0);
    this.exit(0);
  }

  #readSecondStarts(): void {
    for (const name of readdirSync(this.#messages)) {
      const file = path.join(this.#messages, name);
      let said: { argv: string[]; cwd: string };
      try {
        said = JSON.parse(readFileSync(file, 'utf8')) as typeof said;
      } catch {
        // Still being written: the next change tells of it.
        continue;
      }
      rmSync(file);
      this.emit('second-instance', hostEvent({}), said.argv, said.cwd, null);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const app = strict('app', new HostApp());
