import { expect, it } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import { startProblemOf } from '../../../../electron/relay/startProblemOf.ts';

const withCode = (code: string, cause?: unknown) => Object.assign(new Error('no', { cause }), { code });

it.each([
  [new AppError('storage_full', 'no'), 'disk_full'],
  [withCode('ENOSPC'), 'disk_full'],
  [new AppError('storage_failed', 'no', { cause: withCode('ENOSPC') }), 'disk_full'],
  [new AppError('storage_failed', 'no', { cause: 'SQLITE_FULL' }), 'disk_full'],
  [new AppError('conflict', 'no'), 'busy'],
  [new AppError('app_outdated', 'no'), 'newer'],
  [new AppError('storage_failed', 'no', { cause: 'SQLITE_NOTADB' }), 'damaged'],
  [new AppError('storage_failed', 'no', { cause: 'SQLITE_CORRUPT_INDEX' }), 'damaged'],
  [new AppError('storage_failed', 'no', { cause: withCode('EACCES') }), 'folder'],
  [withCode('SQLITE_READONLY_DIRECTORY'), 'folder'],
  [new AppError('storage_failed', 'no', { cause: 'SQLITE_IOERR_READ' }), 'other'],
  [new Error('no'), 'other'],
  ['no', 'other'],
  [undefined, 'other'],
])('[R256] tells what a person can do something about (%#)', (error, kind) => {
  expect(startProblemOf(error)).toBe(kind);
});
