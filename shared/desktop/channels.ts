/** Names of the calls between preload and main. Each carries plain data and is validated by main. */
export const desktopChannels = {
  relaySocketOrigin: 'calepin:relay-socket-origin',
  openExternal: 'calepin:open-external',
  saveExport: 'calepin:save-export',
  startProblem: 'calepin:start-problem',
  retryStart: 'calepin:retry-start',
  showDataFolder: 'calepin:show-data-folder',
  dragExport: 'calepin:drag-export',
  secretsKept: 'calepin:secrets-kept',
  chooseFolder: 'calepin:choose-folder',
  readSettings: 'calepin:read-settings',
  writeSettings: 'calepin:write-settings',
  /** main → page */
  menuCommand: 'calepin:menu-command',
  /** main → page, answered by `closeReady`. */
  beforeClose: 'calepin:before-close',
  closeReady: 'calepin:close-ready',
  /** main → page: the relay is there again. */
  relayBack: 'calepin:relay-back',
} as const;

/** How main tells the preload the application's version: an argument of the page's process. */
export const versionArgument = '--calepin-version=';
