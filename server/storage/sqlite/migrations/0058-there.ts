import type { Migration } from './Migration.ts';

/** Whether the catalogue knows what an entry names, out of the trash: the one definition of what a carnet and a base hold. */
const isThere = (member: string): string =>
  `(EXISTS (SELECT 1 FROM note WHERE id = ${member} AND trashed_at IS NULL)
    OR EXISTS (SELECT 1 FROM collection WHERE id = ${member} AND trashed_at IS NULL))`;

const keep = (table: string, when: string, row: string): string =>
  `CREATE TRIGGER ${table}_there_${when.slice(0, 6).toLowerCase()} AFTER ${when} ON ${table}
    BEGIN UPDATE collection_entry SET is_there = ${isThere(`${row}.id`)} WHERE member = ${row}.id; END`;

/** Counting what hundreds of carnets hold asked for every note in them whether it is in the trash. Now each entry knows, and is told when that changes. */
export const there: Migration = {
  name: '0058-there',
  statements: [
    `ALTER TABLE collection_entry ADD COLUMN is_there INTEGER NOT NULL DEFAULT 0`,
    `UPDATE collection_entry SET is_there = ${isThere('member')}`,
    `CREATE INDEX collection_entry_there ON collection_entry (collection, is_there)`,
    `CREATE TRIGGER collection_entry_there AFTER INSERT ON collection_entry
      BEGIN UPDATE collection_entry SET is_there = ${isThere('NEW.member')}
        WHERE collection = NEW.collection AND member = NEW.member; END`,
    ...['note', 'collection'].flatMap((table) => [
      keep(table, 'INSERT', 'NEW'),
      keep(table, 'UPDATE OF trashed_at', 'NEW'),
      keep(table, 'DELETE', 'OLD'),
    ]),
  ],
};
