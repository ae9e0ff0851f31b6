import type { Migration } from './Migration.ts';

/**
 * Copies of documents whose home is another relay. `home_seq` of the log: the last row that is the home's; behind it are rows that the home does not have. Null: this relay is the home.
 */
export const mirror: Migration = {
  name: '0092-mirror',
  statements: [
    `ALTER TABLE log_document ADD COLUMN home_seq INTEGER`,
    `CREATE TABLE mirror_document (
      document TEXT PRIMARY KEY, relay TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, role TEXT,
      home_epoch TEXT,       last_contact INTEGER, is_whole INTEGER NOT NULL, problem TEXT
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX mirror_document_relay ON mirror_document (relay)`,
    `CREATE TABLE mirror_file (
      document TEXT NOT NULL REFERENCES mirror_document (document) ON DELETE CASCADE, attachment TEXT NOT NULL, PRIMARY KEY (document, attachment)
    ) STRICT, WITHOUT ROWID`,
  ],
};
