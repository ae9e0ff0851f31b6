import type { Migration } from './Migration.ts';

/**
 * Communities, their people and who asks to join; the link of notes and carnets to one; who asks to become an author; what people are told; the register of
 * changes of rights.
 */
export const communities: Migration = {
  name: '0008-communities',
  statements: [
    `CREATE TABLE community (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, image TEXT REFERENCES attachment (id), created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX community_image ON community (image)`,
    `CREATE TABLE community_person (
      community TEXT NOT NULL REFERENCES community (id) ON DELETE CASCADE, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      role TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (community, person)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX community_person_person ON community_person (person, community)`,
    // Who asks for something that somebody else decides, until it is answered: to join a community, to become an author of a note.
    `CREATE TABLE access_request (
      subject_id TEXT NOT NULL, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, text TEXT, at INTEGER NOT NULL,
      PRIMARY KEY (subject_id, person)
    ) STRICT, WITHOUT ROWID`,
    `ALTER TABLE note ADD COLUMN community TEXT REFERENCES community (id)`,
    `ALTER TABLE note ADD COLUMN author_mode TEXT NOT NULL DEFAULT 'people'`,
    `CREATE INDEX note_community ON note (community) WHERE community IS NOT NULL`,
    `ALTER TABLE carnet ADD COLUMN community TEXT REFERENCES community (id)`,
    `CREATE INDEX carnet_community ON carnet (community) WHERE community IS NOT NULL`,
    `CREATE TABLE notice (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, kind TEXT NOT NULL,
      subject TEXT NOT NULL, subject_id TEXT NOT NULL, from_person TEXT, text TEXT, at INTEGER NOT NULL, read_at INTEGER
    ) STRICT`,
    `CREATE INDEX notice_person ON notice (person, number)`,
    `CREATE INDEX notice_from ON notice (from_person, at) WHERE kind = 'message'`,
    `CREATE TABLE audit (
      number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by_person TEXT, act TEXT NOT NULL, subject_id TEXT NOT NULL, person TEXT, value TEXT
    ) STRICT`,
    `CREATE INDEX audit_subject ON audit (subject_id, number)`,
  ],
};
