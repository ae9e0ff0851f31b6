import { registerScheme } from './addresses.ts';
import { app } from './App.ts';
import { HostWindow } from './BrowserWindow.ts';
import { chromium } from './Chromium.ts';
import { ipcMain } from './ipc.ts';
import { Menu } from './menus.ts';
import type { ProtocolHandler } from './Network.ts';
import { defaultSession, fromPartition } from './sessions.ts';
import { NotInHostError, strict } from './strict.ts';
import { Tray } from './Tray.ts';
import { utilityProcess } from './utilityProcess.ts';

// The module that `import … from 'electron'` gives in main under the test host. A name that is not exported here fails when the module is linked.

/** A question to a person: a test answers it by putting a function of its own in the place of this one. */
const unscripted = (name: string) => (): never => {
  throw new NotInHostError(`answer to dialog.${name}: the test has to give one`);
};

const BrowserWindow = strict('BrowserWindow', HostWindow);

const dialog = strict('dialog', {
  showSaveDialog: unscripted('showSaveDialog'),
  showOpenDialog: unscripted('showOpenDialog'),
  showMessageBox: unscripted('showMessageBox'),
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`host: error box « ${title} »: ${content}\n`);
  },
});

const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: Record<string, unknown> }[]) {
    for (const { scheme, privileges } of schemes) registerScheme(scheme, privileges);
  },
  handle(scheme: string, handler: ProtocolHandler): void {
    void chromium().then(({ network }) => network.handlers.set(scheme, handler));
  },
});

const session = strict('session', { defaultSession, fromPartition });

/** What was handed to the person's browser or mail program; nothing is opened. */
const openedOutside: string[] = [];
const shownInFolder: string[] = [];
const shell = strict('shell', {
  showItemInFolder: (file: string): void => void shownInFolder.push(file),
  openExternal: async (url: string): Promise<void> => void openedOutside.push(url),
});

/** A clipboard of the application's own: the one of the machine belongs to whoever sits at it. */
let copied = '';
const clipboard = strict('clipboard', {
  writeText: async (text: string): Promise<void> => void (copied = text),
  readText: async (): Promise<string> => copied,
});

/** Locks nothing: a letter before each text tells that it went through. */
const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text: string) => Buffer.from(`h${text}`),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: bytes.toString().slice(1),
    shouldReEncrypt: false,
  }),
});

/** For the tests alone; nothing of it exists in Electron. */
const host = {
  openedOutside,
  shownInFolder,
  refusedAddresses: async (): Promise<string[]> => (await chromium()).network.refused,
  endpoint: async (): Promise<string> => (await chromium()).endpoint,
};

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  host,
  ipcMain,
  Menu,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
};
