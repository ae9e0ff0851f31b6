import type { Migration } from './Migration.ts';

/** A message that waited on a device says when it was written there. */
export const writtenOffline: Migration = {
  name: '0108-written-offline',
  statements: ['ALTER TABLE thread_message ADD COLUMN written_at INTEGER'],
};
