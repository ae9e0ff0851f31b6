import type { Migration } from './Migration.ts';

/** Who asked that their account be deleted, when it is done, and what becomes of what they leave (JSON). */
export const leaving: Migration = {
  name: '0040-leaving',
  statements: [
    `CREATE TABLE leaving (
      person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE, asked_at INTEGER NOT NULL, due_at INTEGER NOT NULL, choices TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
