import type { Migration } from './Migration.ts';

/** What readers of the past of long documents worked out of their rows: derived. @see KeptPast */
export const past: Migration = {
  name: '0080-past',
  statements: [
    `CREATE TABLE log_past (
      number INTEGER PRIMARY KEY REFERENCES log_document (number) ON DELETE CASCADE,
      epoch TEXT NOT NULL, seq INTEGER NOT NULL, format INTEGER NOT NULL,
      people TEXT NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL
    ) STRICT`,
  ],
};
