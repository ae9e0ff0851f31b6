import type { Migration } from './Migration.ts';

/** Notes that a carnet holds at a version: which row, up to which row it was looked at, and which rows those who see the history let it show. */
export const heldEntries: Migration = {
  name: '0086-held-entries',
  statements: [
    `ALTER TABLE collection_entry ADD COLUMN held INTEGER`,
    `ALTER TABLE collection_entry ADD COLUMN seen INTEGER`,
    `CREATE TABLE published_row (
      carnet TEXT NOT NULL REFERENCES collection (id) ON DELETE CASCADE, note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL, by_person TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (carnet, note, seq)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX published_row_note ON published_row (note)`,
  ],
};
