import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./diskShim.c', import.meta.url));

/** Why a relay's calls to the disk cannot be watched here; null where they can. */
export const noShim =
  process.platform !== 'linux'
    ? 'only Linux preloads a library'
    : (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(`${folder}/gcc`))
      ? null
      : 'there is no gcc';

/** Builds what is preloaded. @param folder - where it goes. @returns its path. */
export function buildDiskShim(folder: string): string {
  const library = path.join(folder, 'diskShim.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
  return library;
}

/** Calls of the disk that fail. */
export interface DiskFailure {
  /** The first to fail, counted from 1. */
  readonly at: number;
  /** `sync`: the first to fail is the first sync from that one on; `main`: the first call for the database file itself. */
  readonly from: 'call' | 'sync' | 'main';
  /** How many fail in a row. */
  readonly times: number;
  readonly kind: 'EIO' | 'ENOSPC' | 'SHORT';
}

/** What the preloaded library does; see `diskShim.c`. */
export interface DiskShim {
  readonly library: string;
  readonly trace: string;
  readonly fail?: DiskFailure;
  readonly syncMs?: number;
}

/** The environment of a process that is to have it. */
export function shimEnvironment({ library, trace, fail, syncMs }: DiskShim): Record<string, string> {
  return {
    LD_PRELOAD: library,
    DISK_TRACE: trace,
    ...(fail && {
      DISK_FAIL_AT: String(fail.at),
      DISK_FAIL_FROM: fail.from,
      DISK_FAIL_TIMES: String(fail.times),
      DISK_FAIL: fail.kind,
    }),
    ...(syncMs !== undefined && { DISK_SYNC_MS: String(syncMs) }),
  };
}
