import type { Migration } from './Migration.ts';

/** A guest may come to a later meeting as who they were, by a key that both computers keep. */
export const returningGuests: Migration = {
  name: '0107-returning-guests',
  statements: [
    `CREATE TABLE meeting_guest_again (
      number INTEGER PRIMARY KEY, person TEXT NOT NULL, meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
      claim_hash TEXT NOT NULL, back_key TEXT, joined_at INTEGER NOT NULL, removed_at INTEGER, UNIQUE (person, meeting)
    ) STRICT`,
    `INSERT INTO meeting_guest_again SELECT number, person, meeting, claim_hash, NULL, joined_at, removed_at FROM meeting_guest`,
    `DROP TABLE meeting_guest`,
    `ALTER TABLE meeting_guest_again RENAME TO meeting_guest`,
    `CREATE INDEX meeting_guest_meeting ON meeting_guest (meeting)`,
  ],
};
