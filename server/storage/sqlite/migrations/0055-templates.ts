import type { Migration } from './Migration.ts';

/** Notes that others are made from. None of before is one. */
export const templates: Migration = {
  name: '0055-templates',
  statements: [
    `ALTER TABLE note ADD COLUMN is_template INTEGER NOT NULL DEFAULT 0`,
    `CREATE INDEX note_template ON note (id) WHERE is_template = 1`,
  ],
};
