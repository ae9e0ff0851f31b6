import type { Database } from 'better-sqlite3';
import type { LogRow, UpdateLog } from '../ports/UpdateLog.ts';
import * as stored from './logRows.ts';
import { readPage } from './readJournal.ts';
import { SegmentTable } from './SegmentTable.ts';

/** What can be read of the log in a worker thread, on a connection of its own. Nothing holds the file's journal back for longer than one page takes to be read: rows never change, and those that come meanwhile follow. */
export function readOnlyLog(database: Database): Pick<UpdateLog, 'head' | 'segments' | 'bindings' | 'read'> {
  const selectHead = database.prepare<[string], stored.StoredHead>(`${stored.headQuery} WHERE document = ?`);
  const selectBindings = database.prepare<[number], stored.StoredBinding>(
    'SELECT * FROM log_client WHERE number = ?',
  );
  const table = new SegmentTable(database);
  const page = database.transaction(readPage);
  return {
    async head(document) {
      const found = selectHead.get(document);
      return found === undefined ? null : stored.headOf(found);
    },
    async segments(document) {
      const found = selectHead.get(document);
      return found === undefined ? [] : table.places(found.number);
    },
    async bindings(document) {
      const found = selectHead.get(document);
      return found === undefined ? [] : selectBindings.all(found.number).map(stored.bindingOf);
    },
    async read(document, after, upTo = Number.MAX_SAFE_INTEGER) {
      const rows: LogRow[] = [];
      for (let last = after; last < upTo;) {
        const some = page(database, document, last, upTo);
        if (some.length === 0) break;
        rows.push(...some);
        last = some.at(-1)?.seq ?? upTo;
      }
      return rows;
    },
  };
}
