import type { Migration } from './Migration.ts';

/** Versions: points of a document's history that people see. `number` keeps the order in which two of the same row were made. */
export const versions: Migration = {
  name: '0003-versions',
  statements: [
    `CREATE TABLE version (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      document TEXT NOT NULL,
      seq INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT,
      created_at INTEGER NOT NULL,
      person TEXT,
      contributors TEXT NOT NULL,
      change_count INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX version_of_document ON version (document, seq, number)',
  ],
};
