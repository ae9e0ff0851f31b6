import type { BackupFault } from '#shared/api/backups.ts';

const faults: Readonly<Record<string, BackupFault>> = {
  ENOENT: 'folder_missing',
  ENOTDIR: 'folder_missing',
  EACCES: 'not_allowed',
  EPERM: 'not_allowed',
  EROFS: 'not_allowed',
  ENOSPC: 'full',
  EDQUOT: 'full',
  storage_failed: 'damaged',
};

/** What went wrong with a copy, for people: by the system's code, or ours. */
export function faultOf(error: unknown): BackupFault {
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' ? faults[code] : undefined) ?? 'failed';
}
