import type { Migration } from './Migration.ts';

/** How much the files of a person take is read from this index alone. */
export const storage: Migration = {
  name: '0051-storage',
  statements: [`CREATE INDEX attachment_person ON attachment (person, bytes)`],
};
