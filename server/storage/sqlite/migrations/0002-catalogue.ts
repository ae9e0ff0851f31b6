import type { Migration } from './Migration.ts';

/**
 * The catalogue (people, notes, carnets, rights, invitations, attachments) and what is derived from the log (index tables and the full-text search).
 * Derived tables name no foreign key: they are dropped and made again by a rebuild, in any order.
 */
export const catalogue: Migration = {
  name: '0002-catalogue',
  statements: [
    `CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE person (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, colour TEXT NOT NULL, created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE session (
      id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      created_at INTEGER NOT NULL, used_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE note (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, visibility TEXT NOT NULL, created_at INTEGER NOT NULL,
      published_at INTEGER, trashed_at INTEGER
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE note_person (
      note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      role TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (note, person)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX note_person_person ON note_person (person, note)`,
    `CREATE TABLE carnet (
      id TEXT PRIMARY KEY, visibility TEXT NOT NULL, contribution_policy TEXT NOT NULL, created_at INTEGER NOT NULL, trashed_at INTEGER
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE carnet_person (
      carnet TEXT NOT NULL REFERENCES carnet (id) ON DELETE CASCADE, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      role TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (carnet, person)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE invitation (
      id TEXT PRIMARY KEY, subject TEXT NOT NULL, subject_id TEXT, role TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE, created_by TEXT,
      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER, uses INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX invitation_subject ON invitation (subject_id)`,
    `CREATE TABLE attachment (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, bytes INTEGER NOT NULL, width INTEGER, height INTEGER,
      digest TEXT NOT NULL, person TEXT, created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE attachment_note (
      attachment TEXT NOT NULL REFERENCES attachment (id) ON DELETE CASCADE, note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      PRIMARY KEY (attachment, note)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE note_index (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, title TEXT NOT NULL, folded_title TEXT NOT NULL,
      excerpt TEXT NOT NULL, text TEXT NOT NULL, word_count INTEGER NOT NULL, language TEXT NOT NULL, modified_at INTEGER NOT NULL
    ) STRICT`,
    // Lists sort by these, and must not read the texts for it.
    `CREATE INDEX note_index_order ON note_index (id, modified_at, folded_title)`,
    `CREATE TABLE note_link (source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX note_link_target ON note_link (target)`,
    `CREATE TABLE note_term (note TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (note, term)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE carnet_index (
      id TEXT PRIMARY KEY, seq INTEGER NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, language TEXT NOT NULL,
      modified_at INTEGER NOT NULL, categories TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE carnet_entry (
      carnet TEXT NOT NULL, note TEXT NOT NULL, order_key TEXT NOT NULL, category TEXT, pinned INTEGER NOT NULL,
      integrated_by TEXT, integrated_at INTEGER NOT NULL, PRIMARY KEY (carnet, note)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX carnet_entry_note ON carnet_entry (note)`,
    // `forms` holds the full forms of inclusively written words; the text itself is in note_index.
    `CREATE VIRTUAL TABLE note_search USING fts5 (
      title, text, forms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )`,
  ],
};
