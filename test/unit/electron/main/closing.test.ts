import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ClosingWindows } from '../../../../electron/main/closing.ts';

/** A window that closes unless something prevents it, as Electron's does. */
class FakeWindow extends EventEmitter {
  closed = false;
  asked = 0;
  readonly webContents = Object.assign(new EventEmitter(), { id: 3, send: () => void (this.asked += 1) });
  isDestroyed = () => this.closed;
  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => void (prevented = true) });
    if (!prevented) this.closed = true;
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const window = new FakeWindow();
  const closing = new ClosingWindows();
  closing.watch(window as unknown as BrowserWindow);
  return { window, closing };
}

it('stays open until the page has stored everything', () => {
  const { window, closing } = watched();
  window.close();
  window.close();
  expect([window.closed, window.asked]).toEqual([false, 1]);
  closing.ready(3);
  expect(window.closed).toBe(true);
});

it('waits again for a page that came back after it was gone, and no longer for one that goes meanwhile', () => {
  const { window } = watched();
  window.webContents.emit('render-process-gone');
  window.webContents.emit('dom-ready');
  window.close();
  expect([window.closed, window.asked]).toEqual([false, 1]);
  window.webContents.emit('render-process-gone');
  expect(window.closed).toBe(true);
});

it('closes all the same when the page does not answer, or is gone', () => {
  const silent = watched().window;
  silent.close();
  vi.advanceTimersByTime(4_999);
  expect(silent.closed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(silent.closed).toBe(true);
  const gone = watched().window;
  gone.webContents.emit('render-process-gone');
  gone.close();
  expect(gone.closed).toBe(true);
});
