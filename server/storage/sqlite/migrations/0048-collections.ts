import type { Migration } from './Migration.ts';

/**
 * Bases gather carnets as carnets gather notes: one set of tables for both, by the names of what they have in common. Carnets of before keep all that they had. A cover is
 * an image with its words, or a colour. The writing guide is derived like the title; none was written before.
 */
export const collections: Migration = {
  name: '0048-collections',
  statements: [
    `ALTER TABLE carnet RENAME TO collection`,
    `ALTER TABLE collection ADD COLUMN kind TEXT NOT NULL DEFAULT 'carnet'`,
    `ALTER TABLE collection ADD COLUMN cover_image TEXT REFERENCES attachment (id)`,
    `ALTER TABLE collection ADD COLUMN cover_alternative TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE collection ADD COLUMN cover_colour TEXT`,
    `CREATE INDEX collection_cover ON collection (cover_image) WHERE cover_image IS NOT NULL`,
    `ALTER TABLE carnet_person RENAME TO collection_person`,
    `ALTER TABLE collection_person RENAME COLUMN carnet TO collection`,
    `ALTER TABLE carnet_index RENAME TO collection_index`,
    `ALTER TABLE collection_index ADD COLUMN guide TEXT`,
    `ALTER TABLE carnet_entry RENAME TO collection_entry`,
    `ALTER TABLE collection_entry RENAME COLUMN carnet TO collection`,
    `ALTER TABLE collection_entry RENAME COLUMN note TO member`,
  ],
};
