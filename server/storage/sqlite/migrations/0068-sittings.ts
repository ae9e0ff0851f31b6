import type { Migration } from './Migration.ts';

/** The sittings of notes, counted from the log: derived. `people` is JSON; `written` and `removed` are the sums of it. */
export const sittings: Migration = {
  name: '0068-sittings',
  statements: [
    `CREATE TABLE sitting (
      document TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,
      from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, from_time INTEGER NOT NULL, to_time INTEGER NOT NULL,
      written INTEGER NOT NULL, removed INTEGER NOT NULL, people TEXT NOT NULL, PRIMARY KEY (document, number)
    ) STRICT, WITHOUT ROWID`,
    // Density reads all of a note: without the people, which are most of the bytes.
    `CREATE INDEX sitting_time ON sitting (document, number, from_time, written, removed)`,
    `CREATE TABLE sitting_count (
      document TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq INTEGER NOT NULL, total INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
