import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from '@playwright/test';
import { type Desktop, launchDesktop } from './launchDesktop.ts';

/** The application of a file of specs: the one that runs now, on a folder of its own. */
export interface DesktopOfFile extends Desktop {
  /** Of the person's data, there until the last spec has ended. */
  readonly folder: string;
  /** Starts it once more, after its end. @param args - further arguments, as a link that was opened. */
  launch(args?: readonly string[]): Promise<void>;
}

/**
 * Gives a file of specs one application: started before the first, ended after the last. Called at the top of the file.
 * @param options.isLaunched - false: the specs start it themselves.
 */
export function desktopOfFile({ isLaunched = true }: { isLaunched?: boolean } = {}): DesktopOfFile {
  let folder: string | null = null;
  let running: Desktop | null = null;
  const now = (): Desktop => {
    if (running === null) throw new Error('the application was not started');
    return running;
  };
  const launch = async (args: readonly string[] = []): Promise<void> => {
    if (folder === null) throw new Error('the specs have not begun');
    running = await launchDesktop(folder, args);
  };
  test.beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'calepin-desktop-'));
    if (isLaunched) await launch();
  });
  test.afterAll(async () => {
    await running?.kill();
    // The browser takes a moment to leave its profile.
    if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return {
    get folder() {
      return folder ?? '';
    },
    get isRealElectron() {
      return now().isRealElectron;
    },
    get pid() {
      return now().pid;
    },
    get errors() {
      return now().errors;
    },
    launch,
    evaluate: ((act: never, argument?: never) => now().evaluate(act, argument)) as Desktop['evaluate'],
    window: () => now().window(),
    windows: () => now().windows(),
    quit: () => now().quit(),
    kill: () => now().kill(),
  };
}
