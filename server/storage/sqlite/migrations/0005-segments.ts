import type { Migration } from './Migration.ts';

/** The journal: old rows of a log, packed. A segment has about four thousand bytes, which a table with row ids packs best. */
export const segments: Migration = {
  name: '0005-segments',
  statements: [
    `CREATE TABLE log_segment (
      id INTEGER PRIMARY KEY,
      number INTEGER NOT NULL REFERENCES log_document (number) ON DELETE CASCADE,
      first_seq INTEGER NOT NULL,
      last_seq INTEGER NOT NULL,
      digest BLOB NOT NULL,
      statement BLOB,
      checksum INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (number, last_seq)
    ) STRICT`,
  ],
};
