import type { Migration } from './Migration.ts';

/** What a person says of a version beside its name. */
export const versionRemark: Migration = {
  name: '0075-version-remark',
  statements: ['ALTER TABLE version ADD COLUMN remark TEXT'],
};
