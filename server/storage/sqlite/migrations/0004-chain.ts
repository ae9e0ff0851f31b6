import type { Migration } from './Migration.ts';

/**
 * The chain of digests over each document's rows, and the heads of it that the relay signed. A row without a digest was written before there were chains: it gets one when the
 * document is next written in. Heads name their key by a small number.
 */
export const chain: Migration = {
  name: '0004-chain',
  statements: [
    `ALTER TABLE log_row ADD COLUMN digest BLOB`,
    `CREATE TABLE log_key (
      number INTEGER PRIMARY KEY,
      public_key BLOB NOT NULL UNIQUE,
      since INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE log_head (
      number INTEGER NOT NULL REFERENCES log_document (number) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      epoch TEXT NOT NULL,
      digest BLOB NOT NULL,
      time INTEGER NOT NULL,
      key INTEGER NOT NULL REFERENCES log_key (number),
      signature BLOB NOT NULL,
      PRIMARY KEY (number, seq, epoch)
    ) STRICT, WITHOUT ROWID`,
  ],
};
