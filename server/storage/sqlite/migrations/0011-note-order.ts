import type { Migration } from './Migration.ts';

/** Notes in the order of their last change: the first hundred of a list are found without looking at the others. */
export const noteOrder: Migration = {
  name: '0011-note-order',
  statements: [`CREATE INDEX note_index_modified ON note_index (modified_at, id)`],
};
