import type { Migration } from './Migration.ts';

/** So many of a document's sittings are never counted again: rows that they were counted from were thinned. @see SittingCount */
export const settledSittings: Migration = {
  name: '0076-settled-sittings',
  statements: ['ALTER TABLE sitting_count ADD COLUMN settled INTEGER NOT NULL DEFAULT 0'],
};
