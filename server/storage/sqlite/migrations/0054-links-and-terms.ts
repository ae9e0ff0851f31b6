import type { Migration } from './Migration.ts';

/**
 * Malformed addresses of a note's links, the forms by which terms are found in texts, and those that somebody set aside for a note. Notes are read again at the next start.
 */
export const linksAndTerms: Migration = {
  name: '0054-links-and-terms',
  statements: [
    `ALTER TABLE note_index ADD COLUMN bad_addresses TEXT NOT NULL DEFAULT '[]'`,
    `CREATE TABLE term_form (form TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (form, term)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX term_form_term ON term_form (term)`,
    `CREATE TABLE dismissed_term (
      note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      term TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (note, term)
    ) STRICT, WITHOUT ROWID`,
    `UPDATE note_index SET seq = 0`,
  ],
};
