import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { expect, it } from 'vitest';
import { lockNavigation, lockSession } from '../../../../electron/main/windows.ts';
import { secureWebPreferences } from '../../../../electron/main/webPreferences.ts';

it('gives every window the settings of the threat model', () => {
  expect(secureWebPreferences('/preload.cjs', false)).toEqual({
    preload: '/preload.cjs',
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
    navigateOnDragDrop: false,
    devTools: false,
  });
});

/** Says which addresses an event of the page let through. */
function passes(contents: EventEmitter, name: string, url: string, isMainFrame = true): boolean {
  let prevented = false;
  contents.emit(name, { url, isMainFrame, preventDefault: () => void (prevented = true) });
  return !prevented;
}

it('keeps a page where it is and sends new windows to the browser', () => {
  const opened: string[] = [];
  let openHandler: ((details: { url: string }) => unknown) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: (details: { url: string }) => unknown) => void (openHandler = handler),
  });
  lockNavigation(contents as unknown as WebContents, async (url) => opened.push(url) > 0);
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect([
      name,
      passes(contents, name, 'https://exemple.org/'),
      passes(contents, name, 'app://bundle/notes/1'),
    ]).toEqual([name, false, true]);
    expect(passes(contents, name, 'app://elsewhere/')).toBe(false);
  }
  expect(passes(contents, 'will-frame-navigate', 'app://bundle/', false)).toBe(false);
  expect(passes(contents, 'will-attach-webview', '')).toBe(false);
  expect(openHandler?.({ url: 'https://exemple.org/' })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://exemple.org/']);
});

it('denies every permission but the two that the application uses, for its own pages only', () => {
  type Check = (contents: unknown, permission: string) => boolean;
  type Ask = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
  const handlers: { check?: Check; ask?: Ask; device?: () => boolean } = {};
  lockSession({
    setPermissionRequestHandler: (handler: Ask) => void (handlers.ask = handler),
    setPermissionCheckHandler: (handler: Check) => void (handlers.check = handler),
    setDevicePermissionHandler: (handler: () => boolean) => void (handlers.device = handler),
    setDisplayMediaRequestHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
  } as unknown as Session);
  const page = (url: string) => ({ getURL: () => url });
  const answers = [
    'clipboard-sanitized-write',
    'notifications',
    'media',
    'geolocation',
    'clipboard-read',
    'fullscreen',
  ].map((permission) => {
    let asked: boolean | undefined;
    handlers.ask?.(page('app://bundle/'), permission, (granted) => void (asked = granted));
    expect(handlers.check?.(page('app://bundle/'), permission)).toBe(asked);
    expect(handlers.check?.(page('https://exemple.org/'), permission)).toBe(false);
    return asked;
  });
  expect(answers).toEqual([true, true, false, false, false, false]);
  expect(handlers.device?.()).toBe(false);
});
