import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { defaultSession, fromPartition } from './sessions.ts';
import { HostEmitter, NotInHostError, hostEvent, strict } from './strict.ts';
import { HostWebContents } from './WebContents.ts';

/** What the host can keep; another value would be ignored, and a test would believe in it. */
const required: Readonly<Record<string, unknown>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
};
const taken: ReadonlySet<string> = new Set([
  ...Object.keys(required),
  'preload',
  'additionalArguments',
  'partition',
  'navigateOnDragDrop',
  'devTools',
  'spellcheck',
]);

const options: ReadonlySet<string> = new Set([
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'show',
  'title',
  'backgroundColor',
  'webPreferences',
  'icon',
]);

const events = [
  'close',
  'closed',
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'unresponsive',
  'responsive',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  // Only a person moves a window by its frame: these never come by themselves in the host.
  'resized',
  'moved',
  'page-title-updated',
];

const windows = new Set<HostWindow>();
let focused: HostWindow | null = null;
const closedListeners = new Set<() => void>();

let sandboxed = false;

/** The application asked for the sandbox of every page. */
export function allowWindows(): void {
  sandboxed = true;
}

/** Calls back each time that the last window is gone. */
export function onLastWindowClosed(listener: () => void): void {
  closedListeners.add(listener);
}

/** A window without a frame or a screen: a page of the headless browser, and the state that Electron keeps of it. */
export class HostWindow extends HostEmitter {
  readonly id: number;
  readonly webContents: HostWebContents;
  readonly #self: HostWindow;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #destroyed = false;
  #title: string;
  #bounds: Rectangle;

  constructor(given: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', events);
    if (!sandboxed) throw new NotInHostError('window without app.enableSandbox()');
    for (const name of Object.keys(given))
      if (!options.has(name)) throw new NotInHostError(`BrowserWindow option "${name}"`);
    const preferences = checkPreferences(given.webPreferences ?? {});
    const session =
      preferences.partition === undefined ? defaultSession : fromPartition(preferences.partition);
    this.#bounds = {
      x: given.x ?? 0,
      y: given.y ?? 0,
      width: given.width ?? 800,
      height: given.height ?? 600,
    };
    this.webContents = new HostWebContents(session, preferences, this.#bounds).self;
    this.id = this.webContents.id;
    this.#visible = given.show !== false;
    this.#title = given.title ?? '';
    this.#self = strict('BrowserWindow', this);
    windows.add(this.#self);
    if (this.#visible) focused = this.#self;
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.#gone());
    return this.#self;
  }

  static getAllWindows(): HostWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): HostWindow | null {
    return focused;
  }

  static fromWebContents(contents: HostWebContents): HostWindow | null {
    return [...windows].find((each) => each.webContents.id === contents.id) ?? null;
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }

  focus(): void {
    if (focused === this.#self) return;
    focused?.emit('blur');
    focused = this.#self;
    this.emit('focus');
  }

  close(): void {
    const event = hostEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) void this.webContents.end(true).catch(() => this.#gone());
  }

  destroy(): void {
    void this.webContents.end(false).catch(() => undefined);
    this.#gone();
  }

  minimize(): void {
    this.#minimized = true;
  }

  restore(): void {
    this.#minimized = false;
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  setFullScreen(full: boolean): void {
    this.#fullScreen = full;
    this.emit(full ? 'enter-full-screen' : 'leave-full-screen');
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
  }

  isDestroyed = (): boolean => this.#destroyed;
  isVisible = (): boolean => this.#visible;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  isFullScreen = (): boolean => this.#fullScreen;
  isFocused = (): boolean => focused === this.#self;
  getBounds = (): Rectangle => this.#bounds;
  getNormalBounds = (): Rectangle => this.#bounds;
  getTitle = (): string => this.#title;
  setTitle = (title: string): void => void (this.#title = title);

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.#self);
    if (focused === this.#self) focused = [...windows].findLast((each) => each.isVisible()) ?? null;
    this.emit('closed');
    if (windows.size === 0) for (const listener of closedListeners) listener();
  }
}

function checkPreferences(preferences: WebPreferences): WebPreferences {
  for (const [name, value] of Object.entries(preferences)) {
    if (!taken.has(name)) throw new NotInHostError(`webPreferences.${name}`);
    if (name in required && value !== required[name])
      throw new NotInHostError(`webPreferences.${name}: ${String(value)}`);
  }
  return preferences;
}
