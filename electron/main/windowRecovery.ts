import type { BrowserWindow, MessageBoxOptions, MessageBoxReturnValue } from 'electron';

/** What the two questions take from Electron. */
export interface RecoveryDependencies {
  ask(window: BrowserWindow, options: MessageBoxOptions): Promise<Pick<MessageBoxReturnValue, 'response'>>;
  language(): 'fr' | 'en';
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** A page that ends more often than this within the time below is not opened again without asking. */
const quietReturns = 2;
const withinMs = 60_000;

const words = {
  fr: {
    crashed: 'Cette fenêtre s’est arrêtée plusieurs fois.',
    kept: 'Ce qui était affiché comme enregistré est en sécurité sur cet appareil.',
    reopen: 'Rouvrir',
    close: 'Fermer la fenêtre',
    stuck: 'Cette fenêtre ne répond plus.',
    stuckDetail:
      'Vous pouvez attendre, ou la rouvrir. Ce qui était affiché comme enregistré est en sécurité sur cet appareil.',
    wait: 'Attendre',
  },
  en: {
    crashed: 'This window stopped several times.',
    kept: 'What was shown as saved is safe on this device.',
    reopen: 'Reopen',
    close: 'Close the window',
    stuck: 'This window no longer responds.',
    stuckDetail: 'You can wait, or reopen it. What was shown as saved is safe on this device.',
    wait: 'Wait',
  },
} as const;

/**
 * Brings a window back whose page ended or hangs. The text is with the relay and in the page's own store, neither of which ends with it: a page that is loaded again
 * shows it. After a third end within a minute the person is asked, so that nothing blinks for ever.
 */
export class WindowRecovery {
  readonly #dependencies: RecoveryDependencies;

  constructor(dependencies: RecoveryDependencies) {
    this.#dependencies = dependencies;
  }

  /** Watches one window; call once, when it is made. */
  watch(window: BrowserWindow): void {
    const ends: number[] = [];
    let asking = false;
    const ask = async (
      options: Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'>,
    ): Promise<number | null> => {
      if (asking || window.isDestroyed()) return null;
      asking = true;
      const { response } = await this.#dependencies
        .ask(window, {
          type: 'warning',
          title: 'Calepin',
          defaultId: 0,
          cancelId: 0,
          noLink: true,
          ...options,
        })
        .finally(() => (asking = false));
      return window.isDestroyed() ? null : response;
    };
    const crashed = async (): Promise<void> => {
      const now = this.#dependencies.now();
      ends.push(now);
      if (ends.filter((end) => now - end < withinMs).length <= quietReturns) {
        window.webContents.reload();
        return;
      }
      const word = words[this.#dependencies.language()];
      const answer = await ask({
        message: word.crashed,
        detail: word.kept,
        buttons: [word.reopen, word.close],
      });
      if (answer === 0) window.webContents.reload();
      else if (answer === 1) window.destroy();
    };
    const stuck = async (): Promise<void> => {
      const word = words[this.#dependencies.language()];
      const answer = await ask({
        message: word.stuck,
        detail: word.stuckDetail,
        buttons: [word.wait, word.reopen],
      });
      // A page that hangs does not hear that it is to be loaded again: its process is ended, and comes back as above.
      if (answer === 1) window.webContents.forcefullyCrashRenderer();
    };
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !window.isDestroyed()) void crashed();
    });
    window.on('unresponsive', () => void stuck());
  }
}
