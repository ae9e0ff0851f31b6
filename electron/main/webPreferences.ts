import type { WebPreferences } from 'electron';

/**
 * The settings of every window, in full, so that a change of Electron's defaults changes nothing here.
 * @param preload - absolute path of the built preload; none for windows that only print.
 * @param development - whether developer tools may open; never in releases.
 * @see threat-model, section 5
 */
export function secureWebPreferences(preload: string | undefined, development: boolean): WebPreferences {
  return {
    ...(preload === undefined ? {} : { preload }),
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
    devTools: development,
  };
}
