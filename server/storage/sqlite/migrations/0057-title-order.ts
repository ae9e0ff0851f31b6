import type { Migration } from './Migration.ts';

/** Notes by title, those without one last: a page far down a list of thousands is found without sorting, or reading, any of them. */
export const titleOrder: Migration = {
  name: '0057-title-order',
  statements: [`CREATE INDEX note_index_title ON note_index (folded_title = '', folded_title, id)`],
};
