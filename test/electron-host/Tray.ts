import { HostEmitter, strict } from './strict.ts';

const shown = new Set<HostTray>();

/** The icon beside the clock: nothing is drawn, and a test presses it by `emit('click')`. */
class HostTray extends HostEmitter {
  tip = '';
  menu: unknown = null;

  constructor(image: string) {
    super('Tray', ['click', 'right-click', 'double-click']);
    if (image === '') throw new Error('a tray has a picture');
    shown.add(this);
    return strict('Tray', this);
  }

  static hostShown = (): HostTray[] => [...shown];

  setToolTip(tip: string): void {
    this.tip = tip;
  }

  setContextMenu(menu: unknown): void {
    this.menu = menu;
  }

  isDestroyed(): boolean {
    return !shown.has(this);
  }

  destroy(): void {
    shown.delete(this);
  }
}

export const Tray = strict('Tray', HostTray);
