import type { DesktopBridge } from '#shared/desktop/DesktopBridge.ts';
import type { Platform } from './Platform.ts';

declare global {
  interface Window {
    /** There only in the desktop application, put there by its preload. */
    readonly desktop?: DesktopBridge;
  }
}

/** The product in its own window, over what the preload offers. */
export function desktopPlatform(bridge: DesktopBridge): Platform {
  const apple = navigator.userAgent.includes('Mac');
  return {
    kind: 'desktop',
    version: bridge.version,
    apple,
    socketOrigin: () => bridge.relaySocketOrigin(),
    openExternal: (url) => bridge.openExternal(url),
    saveExport: (exportId, suggestedName) => bridge.saveExport(exportId, suggestedName),
    dragExport: (exportId, suggestedName) => void bridge.dragExport(exportId, suggestedName),
    chooseFolder: () => bridge.chooseFolder(),
    keepShell: () => undefined,
    readSettings: () => bridge.readSettings(),
    writeSettings: async (change) => {
      await bridge.writeSettings(change);
    },
    application: {
      read: () => bridge.readSettings(),
      write: async (change) => {
        await bridge.writeSettings(change);
      },
      hasKeyring: async () => (await bridge.secretsKept()) === 'keyring',
      findsLanguage: apple,
    },
    onMenuCommand: (listener) => bridge.onMenuCommand(listener),
    onRelayBack: (listener) => bridge.onRelayBack(listener),
    onBeforeClose: (listener) => bridge.onBeforeClose(listener),
  };
}
