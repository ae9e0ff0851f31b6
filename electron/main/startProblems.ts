import type { BrowserWindow } from 'electron';
import type { DesktopProblem, StartProblem } from '#shared/desktop/DesktopBridge.ts';

/** The page of the interface that is shown while the relay cannot start; it needs no relay. */
export const problemPage = '/problem';

/** What is shown takes from the shell. */
export interface StartProblemsDependencies {
  /** @param page - its path. */
  readonly open: (page: string) => BrowserWindow;
  readonly show: (window: BrowserWindow, page: string) => void;
  /** Of the person's data. */
  readonly folder: string;
  readonly log: string;
}

/** A relay that comes back at its third try has disturbed nobody: pages keep what is typed meanwhile. */
const quietTries = 3;

/**
 * Tells the person when the relay cannot start, in a window of its own: what happened, what is safe, and what they can do. Windows that are open stay as they are, with the
 * text in them. The relay goes on trying; once it is there the window is the application's, or closes.
 */
export class StartProblems {
  readonly #dependencies: StartProblemsDependencies;
  #now: DesktopProblem | null = null;
  #tries = 0;
  #wasStarted = false;
  #window: BrowserWindow | null = null;

  constructor(dependencies: StartProblemsDependencies) {
    this.#dependencies = dependencies;
  }

  /** What keeps the relay from starting; null while nothing does. */
  now(): DesktopProblem | null {
    return this.#now;
  }

  /** The relay could not start, once more. */
  failed(kind: StartProblem): void {
    const { open, folder, log } = this.#dependencies;
    this.#now = { kind, folder, log };
    this.#tries += 1;
    if (this.#window !== null && !this.#window.isDestroyed()) return;
    if (this.#window === null && (!this.#wasStarted || this.#tries >= quietTries))
      this.#window = open(problemPage);
  }

  /** The relay is there. @returns whether a window shows the application that showed the problem. */
  solved(): boolean {
    const window = this.#window;
    const isFirst = !this.#wasStarted;
    this.#wasStarted = true;
    this.#now = null;
    this.#tries = 0;
    this.#window = null;
    if (window === null || window.isDestroyed()) return false;
    if (isFirst) this.#dependencies.show(window, '/');
    else window.close();
    return isFirst;
  }
}
