/** The acts of the application's menu that the page carries out. */
export const menuCommands = [
  'new_note',
  'new_carnet',
  'find',
  'palette',
  'settings',
  'back_up',
  'restore_backup',
  'export_pdf',
  'toggle_sidebar',
] as const;
export type MenuCommand = (typeof menuCommands)[number];

/** The desktop's own settings, kept on this computer and shared with nobody. */
export interface DesktopSettings {
  readonly language: 'system' | 'fr' | 'en';
  readonly theme: 'system' | 'light' | 'dark';
  /** In which language the spelling of what is written is checked; in both, a word of either is right. */
  readonly spelling: 'both' | 'fr' | 'en' | 'off';
  /** Whether the application stays beside the clock when its last window is closed. */
  readonly tray: boolean;
}

/** What keeps the relay of this computer from starting, in the kinds that a person can do something about. */
export const startProblems = ['disk_full', 'folder', 'damaged', 'busy', 'newer', 'other'] as const;
export type StartProblem = (typeof startProblems)[number];

/** A relay that cannot start, as the person is told of it. */
export interface DesktopProblem {
  readonly kind: StartProblem;
  /** Absolute path of the person's data. */
  readonly folder: string;
  /** Absolute path of the shell's log, which holds nothing of what people write. */
  readonly log: string;
}

/**
 * What the preload offers to the page as `window.desktop`: one named function per capability, checked again by main. `/api` is reached at the page's own origin (main
 * forwards it to the embedded relay with the session); sockets need the relay's own address.
 */
export interface DesktopBridge {
  /** The application's version, as `1.2.3`. */
  readonly version: string;
  /** Where sockets of the embedded relay are opened: `ws://127.0.0.1:<port>`. */
  relaySocketOrigin(): Promise<string>;
  /** Opens an address in the person's browser after main checked it (https, http or mailto, at most 2,048 characters). False: refused. */
  openExternal(url: string): Promise<boolean>;
  /** Asks where to keep a finished export and writes it there. Null when the person gave up; otherwise the file's name. */
  saveExport(exportId: string, suggestedName: string): Promise<string | null>;
  /** Begins to drag a finished export out of the window, as the system drags a file; called while a person drags its name. */
  dragExport(exportId: string, suggestedName: string): Promise<void>;
  /** How sessions with the relays that are followed are kept: locked by the system's keyring, or in memory until the application ends. */
  secretsKept(): Promise<'keyring' | 'memory'>;
  /** Why the relay cannot start; null while nothing keeps it. */
  startProblem(): Promise<DesktopProblem | null>;
  /** Tries to start the relay now. Null: it is there, and the window shows the application in a moment. */
  retryStart(): Promise<DesktopProblem | null>;
  /** Shows the folder of the person's data in the system's own window of files. */
  showDataFolder(): Promise<void>;
  /** Asks the person for a folder of this computer. Null when they gave up; otherwise its whole path. */
  chooseFolder(): Promise<string | null>;
  readSettings(): Promise<DesktopSettings>;
  /** Keeps the settings given; the others stay. */
  writeSettings(change: Partial<DesktopSettings>): Promise<DesktopSettings>;
  /** Calls back for each act chosen in the application's menu. Returns the way to stop listening. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** Calls back when the relay of this computer is there again after its process ended. Returns the way to stop listening. */
  onRelayBack(listener: () => void): () => void;
  /** Calls back when main wants to close the window: the promise resolves once everything is stored on this device. */
  onBeforeClose(listener: () => Promise<void>): () => void;
}
