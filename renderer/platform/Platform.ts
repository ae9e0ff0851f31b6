import type { DesktopSettings, MenuCommand } from '#shared/desktop/DesktopBridge.ts';

/** The two settings that a window needs before it draws anything. */
export type StoredSettings = Pick<DesktopSettings, 'language' | 'theme'>;

/** The settings of the desktop application itself. */
export type ApplicationSettings = Omit<DesktopSettings, keyof StoredSettings>;

/** Everything that differs between the desktop and a browser. The rest of the renderer does not know where it runs. */
export interface Platform {
  readonly kind: 'web' | 'desktop';
  /** The desktop application's version; null in a browser. */
  readonly version: string | null;
  /** Whether shortcuts are shown with ⌘. */
  readonly apple: boolean;
  /** Where sockets open: `wss://host` or `ws://127.0.0.1:port`, without a slash at the end. */
  socketOrigin(): Promise<string>;
  /** Opens an outside address in the person's browser. False: refused. */
  openExternal(url: string): Promise<boolean>;
  /** Hands a finished export to the person: asks where to keep it, or downloads it. Null when they gave up. */
  saveExport(exportId: string, suggestedName: string): Promise<string | null>;
  /** Drags a finished export out of the window, as a file; null where a page cannot. */
  readonly dragExport: ((exportId: string, suggestedName: string) => void) | null;
  /** Asks the person for a folder of this computer, by its whole path, null when they gave up; null where pages cannot. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  /** Keeps the application itself for when there is no network; nothing to do where it is on this computer. */
  keepShell(): void;
  readSettings(): Promise<StoredSettings>;
  /** Keeps the settings given; the others stay. */
  writeSettings(change: Partial<StoredSettings>): Promise<void>;
  /** What only the desktop application can be set to; null in a browser. */
  readonly application: {
    read(): Promise<ApplicationSettings>;
    /** Keeps the settings given; the others stay. */
    write(change: Partial<ApplicationSettings>): Promise<void>;
    /** Whether the system keeps what opens other Calepins for the next start too. */
    hasKeyring(): Promise<boolean>;
    /** Whether the system checks spelling in the language that it finds, as macOS does, so that none is chosen. */
    readonly findsLanguage: boolean;
  } | null;
  /** Calls back for each act chosen in the application's menu. Returns the way to stop listening. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** Calls back when the relay of this computer came back after a fault: no need to wait before trying again. Returns the way to stop listening. */
  onRelayBack(listener: () => void): () => void;
  /** Calls back when the window is about to close; the desktop waits for the promise. Returns the way to stop listening. */
  onBeforeClose(listener: () => Promise<void>): () => void;
}
