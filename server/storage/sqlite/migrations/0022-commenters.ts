import type { Migration } from './Migration.ts';

/** Who was invited to read could also comment, until an invitation says which: they keep it. */
export const commenters: Migration = {
  name: '0022-commenters',
  statements: [`UPDATE note_person SET role = 'commenter' WHERE role = 'reader'`],
};
