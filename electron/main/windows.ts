import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Session,
  WebContents,
} from 'electron';
import { versionArgument } from '#shared/desktop/channels.ts';
import { appOrigin, isAppAddress } from './appAddress.ts';
import { secureWebPreferences } from './webPreferences.ts';

/** What the factory takes from Electron, so that its rules are tested without the binary. */
export interface WindowsDependencies {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ElectronWindow;
  readonly preloadPath: string;
  readonly development: boolean;
  /** Absolute path of the windows' picture, where the platform does not take it from the package; null elsewhere. */
  readonly iconPath: string | null;
  /** The application's version, told to the page. */
  readonly version: string;
  /** @param contentsId - the page that asks. */
  readonly openExternal: (url: string, contentsId: number) => Promise<boolean>;
  /** Watches what a person does in a page, before it is loaded. */
  readonly watchGestures: (contents: WebContents) => void;
}

/** Permissions that a page of ours may use; everything else is denied. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/**
 * Denies devices, displays and every permission that is not on the list, both when asked for and when checked. No spelling is checked before its dictionaries are in place
 * (`Spelling`): Electron would fetch them from a third party.
 */
export function lockSession(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(allowedPermissions.has(permission) && isAppAddress(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (contents, permission) =>
      contents !== null && allowedPermissions.has(permission) && isAppAddress(contents.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/** Keeps a page where it is: no other address, no frame, no new window; a link of the text goes to the person's browser. */
export function lockNavigation(
  contents: WebContents,
  openExternal: (url: string, contentsId: number) => Promise<boolean>,
): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isAppAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url, contents.id);
    return { action: 'deny' };
  });
}

/**
 * The one factory of windows that show the application.
 * @param page - the path that it opens at.
 * @returns a window that shows itself once its first picture is painted, so that no white flash is seen.
 */
export function createMainWindow(
  dependencies: WindowsDependencies,
  bounds: { width: number; height: number; x?: number; y?: number },
  page: string,
): ElectronWindow {
  const window = new dependencies.BrowserWindow({
    ...bounds,
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: 'Calepin',
    ...(dependencies.iconPath === null ? {} : { icon: dependencies.iconPath }),
    webPreferences: {
      ...secureWebPreferences(dependencies.preloadPath, dependencies.development),
      additionalArguments: [`${versionArgument}${dependencies.version}`],
    },
  });
  dependencies.watchGestures(window.webContents);
  lockNavigation(window.webContents, dependencies.openExternal);
  window.once('ready-to-show', () => window.show());
  showPage(window, page);
  return window;
}

/** Shows another page of the application in a window. @param page - its path. */
export function showPage(window: ElectronWindow, page: string): void {
  // What keeps it from loading is said by the window itself, or by the relay's problem.
  void window.loadURL(`${appOrigin}${page}`).catch(() => undefined);
}

/** A window that nobody sees, without preload, in a session of its own (kept in memory), in which one book is laid out. */
export function createPrintWindow(dependencies: WindowsDependencies, partition: string): ElectronWindow {
  const window = new dependencies.BrowserWindow({
    show: false,
    webPreferences: { ...secureWebPreferences(undefined, false), partition },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const name of [
    'will-navigate',
    'will-redirect',
    'will-frame-navigate',
    'will-attach-webview',
  ] as const)
    webContents.on(name as 'will-attach-webview', (event) => event.preventDefault());
  return window;
}
