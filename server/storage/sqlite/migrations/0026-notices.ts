import type { Migration } from './Migration.ts';

/** What people chose to be told of and how, the digests that they were sent, and which notices were in a letter. */
export const notices: Migration = {
  name: '0026-notices',
  statements: [
    `ALTER TABLE notice ADD COLUMN within TEXT`,
    `ALTER TABLE notice ADD COLUMN mailed_at INTEGER`,
    // One at a time says that a note changed since it was put in a carnet.
    `CREATE UNIQUE INDEX notice_changed ON notice (person, subject_id, within) WHERE kind = 'changed' AND read_at IS NULL`,
    `CREATE INDEX notice_unread ON notice (person, at) WHERE read_at IS NULL`,
    `CREATE INDEX notice_read ON notice (read_at) WHERE read_at IS NOT NULL`,
    `CREATE TABLE notice_setting (
      person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE, digest TEXT NOT NULL, hour INTEGER NOT NULL, weekday INTEGER NOT NULL,
      time_zone TEXT NOT NULL, language TEXT
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE notice_choice (
      person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, topic TEXT NOT NULL, way TEXT NOT NULL, PRIMARY KEY (person, topic)
    ) STRICT, WITHOUT ROWID`,
    // The moment of the last digest that somebody was sent, so that a restart sends none twice.
    `CREATE TABLE digest (
      person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
