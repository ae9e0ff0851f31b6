import type { Migration } from './Migration.ts';

/** A note that was adopted as it is: when it was locked and by whom, the day of the adoption, and how it is said. Notes of before are open. */
export const lock: Migration = {
  name: '0053-lock',
  statements: [
    `ALTER TABLE note ADD COLUMN locked_at INTEGER`,
    `ALTER TABLE note ADD COLUMN locked_by TEXT REFERENCES person (id)`,
    `ALTER TABLE note ADD COLUMN lock_day TEXT`,
    `ALTER TABLE note ADD COLUMN lock_sentence TEXT`,
  ],
};
