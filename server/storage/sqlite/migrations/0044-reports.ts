import type { Migration } from './Migration.ts';

/** What people reported, and the messages that are hidden. */
export const reports: Migration = {
  name: '0044-reports',
  statements: [
    `CREATE TABLE report (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, subject_id TEXT NOT NULL, note TEXT, thread TEXT,
      by_person TEXT REFERENCES person (id) ON DELETE SET NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
      settled_by TEXT REFERENCES person (id) ON DELETE SET NULL, settled_at INTEGER, outcome TEXT, words TEXT
    ) STRICT`,
    `CREATE TABLE hidden_message (
      message TEXT PRIMARY KEY REFERENCES thread_message (id) ON DELETE CASCADE,
      by_person TEXT REFERENCES person (id) ON DELETE SET NULL, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
