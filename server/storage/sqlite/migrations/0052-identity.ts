import type { Migration } from './Migration.ts';

/** Guests who became one with an account: their own row of `person` is gone. */
export const identity: Migration = {
  name: '0052-identity',
  statements: [
    `CREATE TABLE identity (
      guest TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX identity_account ON identity (account)`,
  ],
};
