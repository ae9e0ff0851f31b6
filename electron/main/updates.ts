import type { AppUpdater } from 'electron-updater';

/**
 * Looks for a signed update of the packaged application. Never a downgrade; it is put in place when the person quits, never under their hands.
 * @param report - told what happened, for the log; an unreachable update server is no error for the person.
 */
export async function watchForUpdates(updater: AppUpdater, report: (error: unknown) => void): Promise<void> {
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.on('error', report);
  await updater.checkForUpdates().catch(report);
}
