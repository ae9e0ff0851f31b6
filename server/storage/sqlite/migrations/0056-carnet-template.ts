import type { Migration } from './Migration.ts';

/** What the notes that are made in a carnet begin with: the name of a built-in template, or the id of a note that is one. */
export const carnetTemplate: Migration = {
  name: '0056-carnet-template',
  statements: [`ALTER TABLE collection ADD COLUMN template TEXT`],
};
