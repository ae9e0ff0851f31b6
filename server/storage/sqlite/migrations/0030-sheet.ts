import type { Migration } from './Migration.ts';

/** What the sheet of a term or an organisation says, derived from its note; none was written before. Organisations are counted by region without reading texts. */
export const sheet: Migration = {
  name: '0030-sheet',
  statements: [
    `ALTER TABLE note_index ADD COLUMN sheet TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE note_index ADD COLUMN region TEXT`,
    `CREATE INDEX note_index_region ON note_index (region, id) WHERE region IS NOT NULL`,
  ],
};
