import { type BackupPlan, backupStateSchema, listedBackupsSchema } from '#shared/api/backups.ts';
import { request } from './request.ts';

const post = (path: string, body?: object) =>
  request(path, backupStateSchema, { method: 'POST', ...(body === undefined ? {} : { body }) });

/** Copies of what is on this computer. */
export const backupsApi = {
  state: (signal?: AbortSignal) => request('/api/backups', backupStateSchema, signal ? { signal } : {}),
  choose: (plan: BackupPlan) => request('/api/backups', backupStateSchema, { method: 'PUT', body: plan }),
  run: (folder: string) => post('/api/backups/run', { folder }),
  list: (folder: string) =>
    request('/api/backups/list', listedBackupsSchema, { method: 'POST', body: { folder } }),
  restore: (folder: string) => post('/api/backups/restore', { folder }),
  undo: () => post('/api/backups/undo'),
};
