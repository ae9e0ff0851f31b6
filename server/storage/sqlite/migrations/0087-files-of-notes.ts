import type { Migration } from './Migration.ts';

/** The files of one note are looked for by an archive. */
export const filesOfNotes: Migration = {
  name: '0087-files-of-notes',
  statements: [`CREATE INDEX attachment_note_note ON attachment_note (note)`],
};
