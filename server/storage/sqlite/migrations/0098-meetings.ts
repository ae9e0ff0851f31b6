import type { Migration } from './Migration.ts';

/** Carnets that the person of a computer opens to guests on the local network, and who came. */
export const meetings: Migration = {
  name: '0098-meetings',
  statements: [
    `CREATE TABLE meeting (
      id TEXT PRIMARY KEY, host TEXT NOT NULL, may_write INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE meeting_carnet (
      meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE, carnet TEXT NOT NULL, PRIMARY KEY (meeting, carnet)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE meeting_guest (
      number INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
      claim_hash TEXT NOT NULL, joined_at INTEGER NOT NULL, removed_at INTEGER
    ) STRICT`,
    `CREATE INDEX meeting_guest_meeting ON meeting_guest (meeting)`,
  ],
};
