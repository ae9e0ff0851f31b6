import type { AppUpdater } from 'electron-updater';
import { isSignedUpdate } from './updateSignature.ts';

/** Where updates are, and who signs them; who publishes Calepin says both in `updateSource.ts`. */
export interface UpdateSource {
  /** The folder of `latest*.yml` and of the packages. */
  readonly feed: string | null;
  /** Ed25519, PEM. */
  readonly publicKey: string | null;
}

/** How the look for an update ended. */
export type UpdateOutcome = 'off' | 'none' | 'refused' | 'ready';

/** Over https, or on this computer; nowhere else can an update come from. */
export function isAllowedFeed(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
  );
}

/**
 * Looks for an update of the packaged application. It is newer, signed by who publishes, and its bytes are those that were signed, or it is not taken; it is put in place
 * when the person quits, never under their hands.
 * @param report - told what went wrong, for the log; an unreachable update server is no error for the person.
 */
export async function watchForUpdates(
  updater: AppUpdater,
  { feed, publicKey }: UpdateSource,
  report: (error: unknown) => void,
): Promise<UpdateOutcome> {
  if (feed === null || publicKey === null) return 'off';
  if (!isAllowedFeed(feed)) {
    report(Object.assign(new Error('the feed is neither https nor of this computer'), { code: 'feed' }));
    return 'refused';
  }
  // Nothing is fetched before its offer was looked at.
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.on('error', report);
  updater.setFeedURL({ provider: 'generic', url: feed });
  try {
    const offer = await updater.checkForUpdates();
    if (offer?.isUpdateAvailable !== true) return 'none';
    if (!isSignedUpdate(offer.updateInfo, publicKey)) {
      report(Object.assign(new Error('the offer is not signed'), { code: 'signature' }));
      return 'refused';
    }
    await updater.downloadUpdate();
    return 'ready';
  } catch {
    // The updater has reported it.
    return 'refused';
  }
}
