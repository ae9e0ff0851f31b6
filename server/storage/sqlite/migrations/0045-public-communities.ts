import type { Migration } from './Migration.ts';

/** Whether everybody may see the page of a community: those of before are for who is signed in. */
export const publicCommunities: Migration = {
  name: '0045-public-communities',
  statements: [`ALTER TABLE community ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0`],
};
