import type { Migration } from './Migration.ts';

/** The sentence around each link. Notes that have links are read again at the next start. */
export const linkSentences: Migration = {
  name: '0047-link-sentences',
  statements: [
    `ALTER TABLE note_link ADD COLUMN around TEXT NOT NULL DEFAULT ''`,
    `UPDATE note_index SET seq = 0 WHERE id IN (SELECT source FROM note_link)`,
  ],
};
