import type { Migration } from './Migration.ts';

/** Up to which row a document that is set aside was sound. */
export const goodState: Migration = {
  name: '0006-good-state',
  statements: [`ALTER TABLE log_document ADD COLUMN good_seq INTEGER`],
};
