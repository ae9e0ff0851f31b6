import type { Migration } from './Migration.ts';

/** Named versions of a copy that its home has too: under which id, and in which words both last had it. */
export const versionsThere: Migration = {
  name: '0103-versions-there',
  statements: [
    `CREATE TABLE mirror_version (
      document TEXT NOT NULL REFERENCES mirror_document (document) ON DELETE CASCADE, version TEXT NOT NULL, there TEXT NOT NULL, name TEXT NOT NULL, remark TEXT,
      PRIMARY KEY (document, version)
    ) STRICT, WITHOUT ROWID`,
  ],
};
