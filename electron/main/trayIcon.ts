import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import { menuWords } from './menuWords.ts';

/** What the icon takes from Electron, and what its menu does. */
export interface TrayDependencies {
  /** Makes the icon; on a desktop that shows none it is made all the same. */
  readonly create: () => Tray;
  readonly build: (template: MenuItemConstructorOptions[]) => Menu;
  readonly language: () => 'fr' | 'en';
  /** Shows a window: the one there is, or a new one. */
  readonly open: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock, there only while the person wants it. */
export class TrayIcon {
  readonly #dependencies: TrayDependencies;
  #tray: Tray | null = null;

  constructor(dependencies: TrayDependencies) {
    this.#dependencies = dependencies;
  }

  /** Whether the application stays without a window. */
  get isShown(): boolean {
    return this.#tray !== null;
  }

  /** Shows or takes away the icon, with its menu in the language of now. */
  apply(wanted: boolean): void {
    if (!wanted) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    const { create, build, language, open, quit } = this.#dependencies;
    if (this.#tray === null) {
      this.#tray = create();
      this.#tray.setToolTip('Calepin');
      this.#tray.on('click', open);
    }
    const word = menuWords[language()];
    this.#tray.setContextMenu(
      build([{ label: word.open, click: open }, { type: 'separator' }, { label: word.quit, click: quit }]),
    );
  }
}
