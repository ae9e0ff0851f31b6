import type { Migration } from './Migration.ts';

/** Who wrote on somebody's computer, as it states. No key to `person`: who is confirmed has no row there any more. */
export const statements: Migration = {
  name: '0106-statements',
  statements: [
    `ALTER TABLE person ADD COLUMN stated_by TEXT`,
    `CREATE TABLE statement (
      number INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, host TEXT NOT NULL, guest TEXT NOT NULL, claim_hash TEXT, stated_at INTEGER NOT NULL
    ) STRICT`,
  ],
};
