import type { StartProblem } from '#shared/desktop/DesktopBridge.ts';

const folderCodes = /^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|SQLITE_(READONLY|CANTOPEN|PERM)(_\w+)?)$/;

/**
 * What keeps the relay from starting, in the few kinds that a person can do something about.
 * @param error - as it was thrown; what caused it is looked at too.
 */
export function startProblemOf(error: unknown): StartProblem {
  for (let at: unknown = error; at !== undefined && at !== null;) {
    // The thread that owns the database says SQLite's code in place of the error.
    const code: unknown = typeof at === 'string' ? at : (at as { code?: unknown }).code;
    if (code === 'storage_full' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL')
      return 'disk_full';
    if (code === 'conflict') return 'busy';
    if (code === 'app_outdated') return 'newer';
    if (typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged';
    if (typeof code === 'string' && folderCodes.test(code)) return 'folder';
    at = typeof at === 'object' ? (at as { cause?: unknown }).cause : null;
  }
  return 'other';
}
