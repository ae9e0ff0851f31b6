import type { BrowserWindow } from 'electron';
import { desktopChannels } from '#shared/desktop/channels.ts';

/** How long a page may take to store what was typed before its window closes all the same. */
const longestWaitMs = 5_000;

/**
 * Holds a window open until its page says that everything is stored on this device. A page that does not answer is let go: what it had acknowledged is safe with the relay.
 */
export class ClosingWindows {
  readonly #waiting = new Map<number, () => void>();

  /** Watches one window; call once, when it is made. */
  watch(window: BrowserWindow): void {
    const id = window.webContents.id;
    let stored = false;
    let isGone = false;
    window.on('close', (event) => {
      if (stored || isGone) return;
      event.preventDefault();
      if (this.#waiting.has(id)) return;
      const finish = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        stored = true;
        if (!window.isDestroyed()) window.close();
      };
      const timer = setTimeout(finish, longestWaitMs);
      this.#waiting.set(id, finish);
      window.webContents.send(desktopChannels.beforeClose);
    });
    // A page that is gone has nothing left to store, until it is loaded again.
    window.webContents.on('render-process-gone', () => {
      isGone = true;
      this.#waiting.get(id)?.();
    });
    window.webContents.on('dom-ready', () => {
      isGone = false;
    });
  }

  /** The page of these contents has stored everything. */
  ready(contentsId: number): void {
    this.#waiting.get(contentsId)?.();
  }
}
