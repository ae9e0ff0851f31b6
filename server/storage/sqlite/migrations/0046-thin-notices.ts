import type { Migration } from './Migration.ts';

/** How many notices of a busy discussion one stands for. */
export const thinNotices: Migration = {
  name: '0046-thin-notices',
  statements: [`ALTER TABLE notice ADD COLUMN count INTEGER NOT NULL DEFAULT 1`],
};
