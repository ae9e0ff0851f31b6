import type { AppUpdater } from 'electron-updater';
import { expect, it } from 'vitest';
import { watchForUpdates } from '../../../../electron/main/updates.ts';

it('takes no older version, and an update server that does not answer disturbs nobody', async () => {
  const reported: unknown[] = [];
  const failure = new Error('unreachable');
  const updater = {
    allowDowngrade: true,
    allowPrerelease: true,
    on: () => updater,
    checkForUpdates: () => Promise.reject(failure),
  };
  await watchForUpdates(updater as unknown as AppUpdater, (error) => reported.push(error));
  expect([updater.allowDowngrade, updater.allowPrerelease, reported]).toEqual([false, false, [failure]]);
});
