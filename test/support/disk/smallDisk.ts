import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system of its own, of few megabytes, that a test fills. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes every byte that is left. */
  fill: () => void;
  /** Gives them back. */
  free: () => void;
  close: () => void;
}

/** Mounts one. @throws where that is not allowed. */
export function newSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'calepin-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'calepin-test', folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler),
    close: () => {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** Why no file system can be mounted here; null where it can. */
export const noSmallDisk = ((): string | null => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux mounts a tmpfs';
  try {
    newSmallDisk(1).close();
    return null;
  } catch {
    return 'mounting a tmpfs is not allowed here';
  }
})();
