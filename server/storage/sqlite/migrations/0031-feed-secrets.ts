import type { Migration } from './Migration.ts';

/** By which secret each person's own feed is read: its hash alone. */
export const feedSecrets: Migration = {
  name: '0031-feed-secrets',
  statements: [
    `CREATE TABLE feed_secret (
      person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE, hash TEXT NOT NULL UNIQUE, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
