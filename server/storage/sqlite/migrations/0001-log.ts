import type { Migration } from './Migration.ts';

/**
 * The update log. A document has a small number of its own, so that rows cost few bytes; rows are clustered by (document, seq), so that
 * reading what follows a row is one range of the tree. The last `seq` is not stored: it is the last row's.
 */
export const log: Migration = {
  name: '0001-log',
  statements: [
    `CREATE TABLE log_document (
      number INTEGER PRIMARY KEY,
      document TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      epoch TEXT NOT NULL,
      schema_version INTEGER NOT NULL,
      read_only TEXT
    ) STRICT`,
    `CREATE TABLE log_row (
      number INTEGER NOT NULL REFERENCES log_document (number) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      time INTEGER NOT NULL,
      person TEXT,
      device TEXT,
      device_time INTEGER,
      via TEXT NOT NULL,
      operation TEXT,
      bytes BLOB NOT NULL,
      checksum INTEGER NOT NULL,
      PRIMARY KEY (number, seq)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE log_client (
      number INTEGER NOT NULL REFERENCES log_document (number) ON DELETE CASCADE,
      client INTEGER NOT NULL,
      person TEXT,
      device TEXT,
      PRIMARY KEY (number, client)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE log_checkpoint (
      number INTEGER PRIMARY KEY REFERENCES log_document (number) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      state_vector BLOB NOT NULL,
      delete_set_at INTEGER NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT`,
  ],
};
