import path from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import updater from 'electron-updater';
import { desktopChannels } from '#shared/desktop/channels.ts';
import { appScheme } from './appAddress.ts';
import { createBundleHandler, readBundleFiles } from './bundleProtocol.ts';
import { createChooseFolder } from './chooseFolder.ts';
import { ClosingWindows } from './closing.ts';
import { contextMenuTemplate } from './contextMenu.ts';
import { linkScheme, linkedPage, linkedPageOf } from './deepLink.ts';
import { DragExport } from './dragExport.ts';
import { EmbeddedRelay } from './embeddedRelay.ts';
import { PrintWindows } from './exportPdf.ts';
import { registerIpc } from './ipc.ts';
import { errorFields, openLog } from './log.ts';
import { menuTemplate } from './menu.ts';
import { archiveOf, archiveWords, isArchiveName, sendArchive } from './openArchive.ts';
import { createOpenExternal } from './openExternal.ts';
import { RecentNotes, recentItems, recentJumpList } from './recentNotes.ts';
import type { RecentNote } from './recentNotes.ts';
import { createSaveExport, writeExport } from './saveExport.ts';
import { carryOutSecret, openSecretStore } from './secretStore.ts';
import { openSettings } from './settings.ts';
import { Spelling } from './spelling.ts';
import { StartProblems } from './startProblems.ts';
import { TrayIcon } from './trayIcon.ts';
import { updateSource } from './updateSource.ts';
import { watchForUpdates } from './updates.ts';
import { UserGestures } from './userGestures.ts';
import { WindowRecovery } from './windowRecovery.ts';
import { createMainWindow, createPrintWindow, lockSession, showPage } from './windows.ts';
import type { WindowsDependencies } from './windows.ts';

const built = import.meta.dirname;
const iconFolder = path.join(built, '../../../electron/icons');
// The menu bar of macOS is low; elsewhere the desktop makes it as small as it wants it.
const trayPicture = path.join(iconFolder, process.platform === 'darwin' ? '16x16.png' : '32x32.png');
const bundleFolder = path.join(built, '../../renderer');
const development = !app.isPackaged;
const print = (line: string) => process.stdout.write(`${line}\n`);

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

// Two processes must not write in one data folder: a second start shows the window of the first.
if (!app.requestSingleInstanceLock()) app.exit(0);
else
  void start().catch((error: unknown) => {
    // Without settings or an interface there is no page to say it on.
    dialog.showErrorBox('Calepin', startFailure(app.getLocale(), error));
    app.exit(1);
  });

/** What is said when not even a window can be made. */
function startFailure(locale: string, error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error);
  return locale.startsWith('en')
    ? `Calepin could not start. Your notes are as they were. Install the application again.\n\n${detail}`
    : `Calepin n’a pas pu démarrer. Vos notes sont comme elles étaient. Réinstallez l’application.\n\n${detail}`;
}

async function start(): Promise<void> {
  await app.whenReady();
  const dataFolder = process.env['CALEPIN_DATA'] ?? app.getPath('userData');
  const log = openLog(path.join(dataFolder, 'logs'));
  log.write('started', { version: app.getVersion(), platform: process.platform });
  process.on('uncaughtExceptionMonitor', (error) => log.write('uncaught', errorFields(error)));
  const settings = await openSettings(path.join(dataFolder, 'desktop.json'));
  const language = (): 'fr' | 'en' => {
    const chosen = settings.read().language;
    if (chosen !== 'system') return chosen;
    return app.getLocale().startsWith('en') ? 'en' : 'fr';
  };
  const gestures = new UserGestures();
  const openExternal = createOpenExternal(shell, (contentsId) => gestures.take(contentsId));
  // A line of a native menu is chosen by a person: that is the gesture.
  const openChosen = createOpenExternal(shell, () => true);
  const windows: WindowsDependencies = {
    BrowserWindow,
    preloadPath: path.join(built, '../preload/index.cjs'),
    development,
    iconPath: process.platform === 'linux' ? path.join(iconFolder, '256x256.png') : null,
    version: app.getVersion(),
    openExternal,
    watchGestures: (contents) => gestures.watch(contents),
  };
  // All that is waited for comes first: the relay may answer at any moment from then on.
  lockSession(session.defaultSession);
  const spelling = new Spelling(session.defaultSession, process.platform);
  await spelling.prepare(path.join(built, '../../dictionaries'), app.getPath('sessionData'));
  spelling.apply(settings.read().spelling);
  const secrets = await openSecretStore(path.join(dataFolder, 'secrets.json'), safeStorage, process.platform);
  protocol.handle(
    appScheme,
    createBundleHandler(bundleFolder, await readBundleFiles(bundleFolder), () => relay.address(), fetch),
  );

  let wasReady = false;
  const problems = new StartProblems({
    open: (page) => openWindow(page),
    show: showPage,
    folder: dataFolder,
    log: log.file,
  });
  const printWindows = new PrintWindows(
    (partition) => createPrintWindow(windows, partition),
    (job, file) => relay.asset(job, file),
  );
  const relay: EmbeddedRelay = new EmbeddedRelay({
    fork: () =>
      utilityProcess.fork(path.join(built, '../relay/index.js'), [], { serviceName: 'Calepin relay' }),
    dataFolder,
    version: app.getVersion(),
    fetch,
    print: (request) => printWindows.carryOut(request),
    secret: (request) => carryOutSecret(secrets, request),
    onCrash: (code) => {
      printWindows.closeAll();
      log.write('relay_ended', { code });
    },
    onFailed(kind) {
      log.write('relay_failed', { kind });
      problems.failed(kind);
    },
    onReady({ port }) {
      log.write('relay_ready');
      const isShown = problems.solved();
      if (wasReady) return;
      wasReady = true;
      const archive = archiveOf(process.argv, process.cwd());
      if (archive !== null) void openArchive(archive);
      else if (!isShown) openWindow(linkedPageOf(process.argv));
      print(`Calepin is ready: http://127.0.0.1:${port}/`);
    },
    language,
    onBack: (moved) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        if (moved) webContents.reload();
        else webContents.send(desktopChannels.relayBack);
      }
    },
  });

  const recent: RecentNotes = new RecentNotes({
    relay: () => relay.address(),
    fetch,
    onChanged: () => {
      showMenu();
      showRecentNotes(recent.list());
    },
  });
  /** Where the system has a list of its own for an application. */
  const showRecentNotes = (notes: readonly RecentNote[]): void => {
    if (process.platform === 'darwin')
      app.dock?.setMenu(Menu.buildFromTemplate(recentItems(notes, language(), openWindow)));
    else if (process.platform === 'win32')
      app.setJumpList(recentJumpList(notes, language(), process.execPath));
  };
  const showMenu = (): void =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate(language(), process.platform, {
          send: (command) =>
            BrowserWindow.getFocusedWindow()?.webContents.send(desktopChannels.menuCommand, command),
          newWindow: () => openWindow(),
          recent: recentItems(recent.list(), language(), openWindow),
          print: () => BrowserWindow.getFocusedWindow()?.webContents.print(),
        }),
      ),
    );
  const closing = new ClosingWindows();
  const recovery = new WindowRecovery({
    ask: (window, options) => dialog.showMessageBox(window, options),
    language,
    now: () => performance.now(),
  });
  const dragExport = new DragExport({
    write: (id, file) => writeExport(id, () => relay.address(), file),
    temporaryFolder: app.getPath('temp'),
    picture: path.join(iconFolder, '32x32.png'),
  });
  registerIpc(ipcMain, {
    secretsKept: () => secrets.kept,
    dragExport: (id, name, source) => dragExport.start(id, name, source),
    startProblem: () => problems.now(),
    retryStart: async () => ((await relay.retry()) ? null : problems.now()),
    showDataFolder: () => shell.showItemInFolder(dataFolder),
    relaySocketOrigin: async () => `ws://127.0.0.1:${(await relay.address()).port}`,
    openExternal,
    saveExport: createSaveExport(
      (options) => dialog.showSaveDialog(options),
      () => relay.address(),
    ),
    chooseFolder: createChooseFolder((options) => dialog.showOpenDialog(options)),
    settings: {
      ...settings,
      async write(change) {
        const written = await settings.write(change);
        showMenu();
        spelling.apply(written.spelling);
        tray.apply(written.tray);
        return written;
      },
    },
    closeReady: (id) => closing.ready(id),
  });
  /** @param page - its path; the library when none is named. */
  const openWindow = (page: string | null = null) => {
    const window = createMainWindow(windows, settings.bounds(), page ?? '/');
    closing.watch(window);
    recovery.watch(window);
    window.webContents.on('context-menu', (_event, place) => {
      const template = contextMenuTemplate(language(), place, {
        replaceWord: (word) => window.webContents.replaceMisspelling(word),
        learnWord: (word) => void window.webContents.session.addWordToSpellCheckerDictionary(word),
        openOutside: (address) => void openChosen(address, window.webContents.id),
        openWindow,
        copyText: (text) => void clipboard.writeText(text),
      });
      if (template.length === 0) return;
      // By the keyboard it opens where the text is being written, not where the pointer was left.
      const at = place.menuSourceType === 'keyboard' ? { x: place.x, y: place.y } : {};
      Menu.buildFromTemplate(template).popup({ window, ...at });
    });
    window.on('focus', () => void recent.refresh());
    window.on('blur', () => void recent.refresh());
    window.on('resized', () => void settings.keepBounds(window.getNormalBounds()));
    window.on('moved', () => void settings.keepBounds(window.getNormalBounds()));
    return window;
  };
  const showWindow = (): void => {
    const window = BrowserWindow.getAllWindows().find((each) => each.isVisible()) ?? openWindow();
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  const tray = new TrayIcon({
    create: () => new Tray(trayPicture),
    build: (template) => Menu.buildFromTemplate(template),
    language,
    open: showWindow,
    quit: () => app.quit(),
  });
  tray.apply(settings.read().tray);
  showMenu();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const page = linkedPage(link);
    if (page !== null) openWindow(page);
  });
  /** Shows what an archive holds, in a window of its own; nothing of it is made before the person agrees. */
  const openArchive = (file: string): Promise<void> =>
    sendArchive(file, () => relay.address()).then(
      (page) => {
        openWindow(page).focus();
      },
      (error: unknown) => {
        log.write('archive_not_opened', errorFields(error));
        dialog.showErrorBox('Calepin', archiveWords[language()].notOpened(path.basename(file)));
        if (BrowserWindow.getAllWindows().length === 0) openWindow();
      },
    );
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (isArchiveName(file)) void openArchive(file);
  });
  app.on('second-instance', (_event, argv, folder) => {
    const page = linkedPageOf(argv);
    if (page !== null) {
      openWindow(page).focus();
      return;
    }
    const archive = archiveOf(argv, folder);
    if (archive !== null) {
      void openArchive(archive);
      return;
    }
    showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !tray.isShown) app.quit();
  });

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    // The relay has acknowledged nothing that is not on the disk; closing it well only makes the next start quicker.
    void Promise.allSettled([relay.close(), dragExport.close()]).then(() => {
      stopped = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  if (app.isPackaged)
    log.write('update', {
      outcome: await watchForUpdates(updater.autoUpdater, updateSource, (error) =>
        log.write('no_update', errorFields(error)),
      ),
    });
}
