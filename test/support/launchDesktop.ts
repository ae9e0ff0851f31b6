import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { _electron, chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type * as Electron from 'electron';
import { describeDesktopObstacle, findElectron } from '../../scripts/findElectron.mjs';
import { retryUntil } from './retryUntil.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A function carried out in main, with the `electron` module that it uses. */
type MainAct<A, T> = (electron: typeof Electron, argument: A) => T | Promise<T>;

/** The desktop application as it was built: on the real binary where `CALEPIN_DESKTOP=electron` asks for it, else on the test host. */
export interface Desktop {
  readonly isRealElectron: boolean;
  /** The process of main. */
  readonly pid: number;
  /** Carries out a function in main. It sees nothing of the test but its argument. */
  evaluate<T>(act: MainAct<undefined, T>): Promise<T>;
  evaluate<A, T>(act: MainAct<A, T>, argument: A): Promise<T>;
  /** The window that shows the application, once it does; the newest of several. */
  window(): Promise<Page>;
  windows(): Page[];
  /** What pages and main complained of. */
  readonly errors: readonly string[];
  /** Quits as the menu does, and waits for the end. */
  quit(): Promise<void>;
  /** Ends main as a power cut would, and waits for the end. */
  kill(): Promise<void>;
}

/** Whether these specs were asked to run on Electron's own binary. */
export const wantsElectron = process.env['CALEPIN_DESKTOP'] === 'electron';

/**
 * Starts the application.
 * @param folder - of the person's data; the same one again is the next start of the same application.
 * @param args - further arguments, as a link that was opened.
 */
export function launchDesktop(folder: string, args: readonly string[] = []): Promise<Desktop> {
  const line = [`--user-data-dir=${folder}`, '--lang=fr-CA', ...args];
  return wantsElectron ? launchElectron(line) : launchHost(line);
}

/**
 * Starts the application a second time on the same folder, as when another program hands a link to it.
 * @returns its exit code: the one that runs already takes over.
 */
export async function startAgain(folder: string, args: readonly string[]): Promise<number> {
  const line = [`--user-data-dir=${folder}`, '--lang=fr-CA', ...args];
  const electron = wantsElectron ? findElectron() : null;
  const child = electron === null ? forkHost(line) : spawn(electron, [root, ...line], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

async function launchElectron(args: string[]): Promise<Desktop> {
  const executablePath = findElectron();
  const obstacle = describeDesktopObstacle();
  if (executablePath === null || obstacle !== null)
    throw new Error(`no Electron here: ${obstacle ?? 'no binary'}`);
  const application = await _electron.launch({ executablePath, args: [root, ...args], cwd: root });
  const child = application.process();
  const errors = watchErrors(child);
  application.on('window', (page) => watchPage(page, errors));
  const exited = once(child, 'exit');
  return {
    isRealElectron: true,
    pid: child.pid ?? 0,
    evaluate: (act: MainAct<never, unknown>, argument?: unknown) =>
      application.evaluate(act as never, argument as never) as never,
    window: () => shownPage(() => application.windows()),
    windows: () => application.windows().filter(showsApplication),
    errors,
    async quit() {
      await application.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function forkHost(args: string[]): ChildProcess {
  return fork(path.join(root, 'dist/electron/main/index.js'), args, {
    cwd: root,
    execArgv: ['--import', path.join(root, 'test/electron-host/register.ts')],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

async function launchHost(args: string[]): Promise<Desktop> {
  const child = forkHost(args);
  const errors = watchErrors(child);
  const exited = once(child, 'exit').then(() => undefined);
  const waiting = new Map<number, (answer: { error: string | null; value: unknown }) => void>();
  let last = 0;
  child.on('message', (answer: { id: number; error: string | null; value: unknown }) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const evaluate = async (act: MainAct<never, unknown>, argument?: unknown): Promise<unknown> => {
    const id = ++last;
    const answered = new Promise<{ error: string | null; value: unknown }>(
      (resolve) => void waiting.set(id, resolve),
    );
    child.send({ id, source: act.toString(), argument });
    const { error, value } = await Promise.race([
      answered,
      exited.then(() => ({ error: `main ended: ${errors.join('\n')}`, value: null })),
    ]);
    if (error !== null) throw new Error(error);
    return value;
  };
  const endpoint = (await evaluate(((electron: unknown) =>
    (electron as { host: { endpoint(): Promise<string> } }).host.endpoint()) as never)) as string;
  const browser: Browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the browser has no context');
  for (const page of context.pages()) watchPage(page, errors);
  context.on('page', (page) => watchPage(page, errors));
  return {
    isRealElectron: false,
    pid: child.pid ?? 0,
    evaluate: evaluate as Desktop['evaluate'],
    window: () => shownPage(() => context.pages()),
    windows: () => context.pages().filter(showsApplication),
    errors,
    async quit() {
      await evaluate((({ app }: typeof Electron) => app.quit()) as never).catch(() => undefined);
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function watchErrors(child: ChildProcess): string[] {
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  child.stdout?.resume();
  return errors;
}

function watchPage(page: Page, errors: string[]): void {
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // Electron asks for no icon of a page that names none, as the hidden one that prints; the host's browser does.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      errors.push(`${message.text()} ${message.location().url}`);
  });
}

/** Not a blank beginning, nor the hidden page in which a book is printed. */
function showsApplication(page: Page): boolean {
  return !page.isClosed() && /^(app:\/\/bundle|http:\/\/bundle\.app\.localhost)\//.test(page.url());
}

/** The newest page that shows the application. */
async function shownPage(pages: () => Page[]): Promise<Page> {
  let shown: Page | undefined;
  await retryUntil(
    'a window that shows the application',
    () => {
      shown = pages().findLast(showsApplication);
      return shown !== undefined;
    },
    // A start on a machine that gives it little.
    120_000,
  );
  if (shown === undefined) throw new Error('no window came');
  return shown;
}
