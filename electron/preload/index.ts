import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge } from '#shared/desktop/DesktopBridge.ts';
import { menuCommands } from '#shared/desktop/DesktopBridge.ts';
import type { MenuCommand } from '#shared/desktop/DesktopBridge.ts';
import { desktopChannels, versionArgument } from '#shared/desktop/channels.ts';

const beforeClose = new Set<() => Promise<void>>();
ipcRenderer.on(desktopChannels.beforeClose, () => {
  // A listener that fails must not keep the window open for ever; what it could not store, it has shown.
  void Promise.allSettled([...beforeClose].map((listener) => listener())).then(() =>
    ipcRenderer.invoke(desktopChannels.closeReady),
  );
});

const bridge: DesktopBridge = {
  version:
    process.argv.find((argument) => argument.startsWith(versionArgument))?.slice(versionArgument.length) ??
    '',
  relaySocketOrigin: () => ipcRenderer.invoke(desktopChannels.relaySocketOrigin) as Promise<string>,
  openExternal: (url) => ipcRenderer.invoke(desktopChannels.openExternal, url) as Promise<boolean>,
  saveExport: (exportId, suggestedName) =>
    ipcRenderer.invoke(desktopChannels.saveExport, { exportId, suggestedName }) as Promise<string | null>,
  dragExport: (exportId, suggestedName) =>
    ipcRenderer.invoke(desktopChannels.dragExport, { exportId, suggestedName }) as Promise<void>,
  secretsKept: () =>
    ipcRenderer.invoke(desktopChannels.secretsKept) as ReturnType<DesktopBridge['secretsKept']>,
  startProblem: () =>
    ipcRenderer.invoke(desktopChannels.startProblem) as ReturnType<DesktopBridge['startProblem']>,
  retryStart: () => ipcRenderer.invoke(desktopChannels.retryStart) as ReturnType<DesktopBridge['retryStart']>,
  showDataFolder: () => ipcRenderer.invoke(desktopChannels.showDataFolder) as Promise<void>,
  chooseFolder: () => ipcRenderer.invoke(desktopChannels.chooseFolder) as Promise<string | null>,
  readSettings: () =>
    ipcRenderer.invoke(desktopChannels.readSettings) as ReturnType<DesktopBridge['readSettings']>,
  writeSettings: (change) =>
    ipcRenderer.invoke(desktopChannels.writeSettings, change) as ReturnType<DesktopBridge['writeSettings']>,
  onMenuCommand(listener) {
    // The page is given the command, never Electron's event object.
    const forward = (_event: unknown, command: unknown) => {
      if (menuCommands.includes(command as MenuCommand)) listener(command as MenuCommand);
    };
    ipcRenderer.on(desktopChannels.menuCommand, forward);
    return () => void ipcRenderer.off(desktopChannels.menuCommand, forward);
  },
  onRelayBack(listener) {
    const forward = () => listener();
    ipcRenderer.on(desktopChannels.relayBack, forward);
    return () => void ipcRenderer.off(desktopChannels.relayBack, forward);
  },
  onBeforeClose(listener) {
    beforeClose.add(listener);
    return () => void beforeClose.delete(listener);
  },
};

contextBridge.exposeInMainWorld('desktop', bridge);
