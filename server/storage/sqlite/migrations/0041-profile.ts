import type { Migration } from './Migration.ts';

/** What people say of themselves on their page. */
export const profile: Migration = {
  name: '0041-profile',
  statements: [
    `CREATE TABLE profile (
      person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
      organisation TEXT NOT NULL, organisation_note TEXT, presentation TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
