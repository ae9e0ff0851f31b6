import type { Migration } from './Migration.ts';

/** How far each person read each note: theirs alone. */
export const noteRead: Migration = {
  name: '0067-note-read',
  statements: [
    `CREATE TABLE note_read (
      person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      epoch TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (person, note)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX note_read_note ON note_read (note)`,
  ],
};
