import type { RelayOptions } from '../RelayOptions.ts';
import { BackupKeeper, type BackupKeeperOptions } from './BackupKeeper.ts';
import { BackupMaker } from './BackupMaker.ts';

/**
 * The keeper of a computer's copies, which makes them in a thread of its own; `close` ends both.
 * @param dataFolder - null where everything is in memory.
 * @returns null where there is nothing to copy, or whoever keeps the relay makes copies by command.
 */
export function createBackups(
  { mode, restart = null }: Pick<RelayOptions, 'mode'> & { readonly restart?: (() => void) | null },
  dataFolder: string | null,
  options: Pick<BackupKeeperOptions, 'settings' | 'timers' | 'logger'>,
): { readonly keeper: BackupKeeper; close(): Promise<void> } | null {
  if (mode !== 'local' || dataFolder === null) return null;
  const maker = new BackupMaker(dataFolder);
  const keeper = new BackupKeeper({
    ...options,
    dataFolder,
    restart,
    make: (into, at) => maker.make(into, at),
  });
  return {
    keeper,
    async close() {
      await keeper.close();
      await maker.close();
    },
  };
}
