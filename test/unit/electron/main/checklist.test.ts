import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAppAddress } from '../../../../electron/main/appAddress.ts';
import { desktopContentSecurityPolicy } from '../../../../electron/main/contentSecurity.ts';
import { secureWebPreferences } from '../../../../electron/main/webPreferences.ts';
import packageJson from '../../../../package.json' with { type: 'json' };

// Electron's own checklist (https://www.electronjs.org/docs/latest/tutorial/security), one line each. What behaviour can show, the neighbouring tests and
// test/e2e/desktop/first-launch show; here is what no code of the shell may say, and that nothing goes round the one place that says it.

const project = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(path.join(project, file), 'utf8');
const shell = globSync('electron/**/*.ts', { cwd: project }).map((file) => ({ file, source: read(file) }));
const pages = globSync('renderer/**/*.{ts,tsx,html}', { cwd: project }).map((file) => ({
  file,
  source: read(file),
}));

/** Files of the shell that say something. */
const saying = (words: RegExp): string[] =>
  shell.filter(({ source }) => words.test(source)).map(({ file }) => file);
const preferences = secureWebPreferences('/preload.cjs', false);
const policy = desktopContentSecurityPolicy('abc', 4747);

it.each<[number, string, () => void]>([
  [
    1,
    'only secure content is loaded',
    () => {
      expect(saying(/\.loadURL\(/)).toEqual(['electron/main/exportPdf.ts', 'electron/main/windows.ts']);
      expect(policy).not.toMatch(/http:|\*/);
    },
  ],
  [
    2,
    'pages have no Node',
    () => {
      expect([
        preferences.nodeIntegration,
        preferences.nodeIntegrationInWorker,
        preferences.nodeIntegrationInSubFrames,
      ]).toEqual([false, false, false]);
    },
  ],
  [3, 'preload and page are worlds apart', () => expect(preferences.contextIsolation).toBe(true)],
  [
    4,
    'every process of a page is sandboxed',
    () => {
      expect(preferences.sandbox).toBe(true);
      const main = read('electron/main/index.ts');
      expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(0);
      expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('app.whenReady()'));
    },
  ],
  [
    5,
    'requests for permission are handled, also when they are only checked',
    () => {
      expect(saying(/setPermissionRequestHandler/)).toEqual([
        'electron/main/exportPdf.ts',
        'electron/main/windows.ts',
      ]);
      expect(saying(/setPermissionCheckHandler/)).toEqual(['electron/main/windows.ts']);
      expect(read('electron/main/index.ts')).toContain('lockSession(session.defaultSession)');
    },
  ],
  [6, 'web security is on', () => expect(preferences.webSecurity).toBe(true)],
  [
    7,
    'pages have a policy that begins with nothing',
    () => {
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy).not.toMatch(/unsafe-|data:/);
      expect(policy).toContain("require-trusted-types-for 'script'");
    },
  ],
  [8, 'no insecure content runs', () => expect(preferences.allowRunningInsecureContent).toBe(false)],
  [9, 'no experimental features', () => expect(preferences.experimentalFeatures).toBe(false)],
  [
    10,
    'no features of Blink by name',
    () => expect(saying(/enableBlinkFeatures|appendSwitch|appendArgument/)).toEqual([]),
  ],
  [
    11,
    'no page inside a page, so none that opens windows',
    () => {
      expect(preferences.webviewTag).toBe(false);
      expect(pages.filter(({ source }) => /<webview|allowpopups/.test(source))).toEqual([]);
    },
  ],
  [
    12,
    'what would be attached is refused',
    () => expect(saying(/will-attach-webview/)).toEqual(['electron/main/windows.ts']),
  ],
  [
    13,
    'navigation is held',
    () => {
      for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
        expect(saying(new RegExp(event))).toEqual(['electron/main/windows.ts']);
    },
  ],
  [
    14,
    'no window is opened by a page',
    () => {
      expect(saying(/action: 'allow'/)).toEqual([]);
      expect(saying(/new .*BrowserWindow\(/)).toEqual(['electron/main/windows.ts']);
      expect(saying(/WebContentsView|BrowserView\b/)).toEqual([]);
    },
  ],
  [
    15,
    'one place opens addresses outside',
    () => {
      expect(saying(/shell\.(openExternal|openPath)/)).toEqual(['electron/main/openExternal.ts']);
      expect(saying(/openPath/)).toEqual([]);
      // Of the person's data alone, whatever a page says.
      expect(saying(/showItemInFolder/)).toEqual(['electron/main/index.ts']);
      expect(read('electron/main/index.ts')).toContain('shell.showItemInFolder(dataFolder)');
    },
  ],
  [
    16,
    'Electron is of a supported major, at one exact version',
    () => expect(packageJson.devDependencies.electron).toMatch(/^45\.\d+\.\d+$/),
  ],
  [
    17,
    'one place takes calls, and looks at who calls',
    () => {
      expect(saying(/ipcMain\.(on|once|handle|handleOnce)\(/)).toEqual(['electron/main/ipc.ts']);
      expect(saying(/senderFrame/)).toEqual(['electron/main/ipc.ts']);
    },
  ],
  [
    18,
    'nothing is loaded over file:',
    () => {
      expect(saying(/file:\/\/|loadFile|pathToFileURL/)).toEqual([]);
      expect(isAppAddress('file:///app/index.html')).toBe(false);
      expect(saying(/bypassCSP|allowServiceWorkers/)).toEqual([]);
    },
  ],
  [19, 'the fuses are set', () => expect(read('electron-builder.yml')).toContain('electronFuses:')],
  [
    20,
    'a page is given named calls, and nothing of Electron',
    () => {
      expect(saying(/exposeInMainWorld/)).toEqual(['electron/preload/index.ts']);
      const preload = read('electron/preload/index.ts');
      expect(preload.replace(/^import .*$/gm, '')).not.toMatch(/[:,(]\s*ipcRenderer\s*[,})]/);
      expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
    },
  ],
])('%i of 20: %s', (_number, _what, assert) => {
  assert();
});
