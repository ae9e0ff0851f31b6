import type { Migration } from './Migration.ts';

/** The categories of an entry in other lists than the first: carnets of before have one list. */
export const categoryLists: Migration = {
  name: '0013-category-lists',
  statements: [`ALTER TABLE carnet_entry ADD COLUMN also TEXT NOT NULL DEFAULT '[]'`],
};
