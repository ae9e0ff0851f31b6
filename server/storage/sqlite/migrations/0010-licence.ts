import type { Migration } from './Migration.ts';

/** Under what each note may be used by others (those of before carry what new ones do), and the way from a term to the notes that are related to it. */
export const licence: Migration = {
  name: '0010-licence',
  statements: [
    `ALTER TABLE note ADD COLUMN licence TEXT NOT NULL DEFAULT 'cc-by-sa-4.0'`,
    `CREATE INDEX note_term_term ON note_term (term)`,
  ],
};
