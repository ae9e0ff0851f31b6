import type { Migration } from './Migration.ts';

/** The community relays that the person of a computer follows, and who they are there. */
export const followedRelays: Migration = {
  name: '0095-followed-relays',
  statements: [
    `CREATE TABLE followed_relay (
      id TEXT PRIMARY KEY, origin TEXT NOT NULL UNIQUE, name TEXT NOT NULL, person_there TEXT NOT NULL, name_there TEXT NOT NULL,
      device TEXT NOT NULL, added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
