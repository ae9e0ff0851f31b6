import type { Database } from 'better-sqlite3';
import type { DocumentId } from '#shared/domain/ids.ts';
import { packUpdates } from '../packedUpdates.ts';
import type { LoadedUpdates } from '../ports/UpdateLog.ts';
import * as stored from './logRows.ts';
import { readPage } from './readJournal.ts';

/**
 * The checkpoint of a document and the rows after it, wherever they are kept: a damaged checkpoint is left out.
 * @param maxRows - of the rows, no more than these that come first, and of a copy only the home's.
 * @returns null for an unknown document.
 * @throws AppError `document_damaged`
 */
export function readUpdates(database: Database, document: DocumentId, maxRows: number): LoadedUpdates | null {
  const found = database
    .prepare<[string], stored.StoredHead>(`${stored.headQuery} WHERE document = ?`)
    .get(document);
  if (found === undefined) return null;
  const storedCheckpoint = database
    .prepare<[number], stored.StoredCheckpoint>('SELECT * FROM log_checkpoint WHERE number = ?')
    .get(found.number);
  const checkpoint = storedCheckpoint === undefined ? null : stored.checkpointOf(document, storedCheckpoint);
  const after = checkpoint?.seq ?? 0;
  const settled = maxRows < Number.MAX_SAFE_INTEGER ? found.home_seq : null;
  const upTo = Math.min(after + maxRows, settled ?? Number.MAX_SAFE_INTEGER);
  const updates = checkpoint === null ? [] : [checkpoint.bytes];
  let rowCount = 0;
  for (;;) {
    const page = readPage(database, document, after + rowCount, upTo);
    if (page.length === 0) break;
    rowCount += page.length;
    for (const row of page) updates.push(row.bytes);
  }
  return {
    head: stored.headOf(found),
    updates: packUpdates(updates),
    checkpointSeq: checkpoint?.seq ?? null,
    rowCount,
  };
}
