import type { Migration } from './Migration.ts';

/** Threads about notes and about passages of them, and what is said in them. `number` is the order in which they came. */
export const threads: Migration = {
  name: '0012-threads',
  statements: [
    `CREATE TABLE thread (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      by_person TEXT REFERENCES person (id) ON DELETE SET NULL, created_at INTEGER NOT NULL,
      anchor_start TEXT, anchor_end TEXT, quote TEXT,
      resolved_at INTEGER, resolved_by TEXT REFERENCES person (id) ON DELETE SET NULL
    ) STRICT`,
    `CREATE INDEX thread_note ON thread (note, number)`,
    // Mentions as a JSON list of ids: they are only read with their message.
    `CREATE TABLE thread_message (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
      by_person TEXT REFERENCES person (id) ON DELETE SET NULL, text TEXT NOT NULL, mentions TEXT NOT NULL,
      created_at INTEGER NOT NULL, edited_at INTEGER, deleted_at INTEGER
    ) STRICT`,
    `CREATE INDEX thread_message_thread ON thread_message (thread, number)`,
    `CREATE INDEX thread_message_by ON thread_message (by_person, created_at)`,
  ],
};
