import type { Migration } from './Migration.ts';

/** The carnet that a note which is to be placed at another relay is to be put into once it is there. `carnet_refused`: its home did not. */
export const wishedCarnets: Migration = {
  name: '0102-wished-carnets',
  statements: [
    `ALTER TABLE mirror_document ADD COLUMN carnet TEXT`,
    `ALTER TABLE mirror_document ADD COLUMN carnet_category TEXT`,
    `ALTER TABLE mirror_document ADD COLUMN carnet_refused INTEGER NOT NULL DEFAULT 0`,
  ],
};
