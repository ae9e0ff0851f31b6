import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { checkpointOf, rowOf, type StoredCheckpoint, type StoredRow } from '../storage/sqlite/logRows.ts';
import { attachmentsName, databaseName } from './BackupManifest.ts';
import { attachmentPath, digestOf } from './files.ts';

/** Something that is not as it was written. */
export interface Fault {
  /** `row`: altered; `gap`: one or several are missing; `checkpoint`: made again at the next need; `attachment`: altered or missing. */
  readonly kind: 'row' | 'gap' | 'unreadable' | 'checkpoint' | 'attachment' | 'database';
  readonly document: string | null;
  /** The row, or the last of those that are missing. */
  readonly seq: number | null;
  /** One sentence. */
  readonly message: string;
}

export interface Verification {
  readonly documents: number;
  readonly rows: number;
  readonly attachments: number;
  readonly faults: readonly Fault[];
}

interface StoredDocument {
  readonly number: number;
  readonly document: DocumentId;
}

function isUpdate(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes);
    return true;
  } catch {
    return false;
  }
}

function* rowFaults(
  database: Database.Database,
  { number, document }: StoredDocument,
): Generator<Fault | 'row'> {
  let last = 0;
  const rows = database.prepare<[number], StoredRow>('SELECT * FROM log_row WHERE number = ? ORDER BY seq');
  for (const stored of rows.iterate(number)) {
    yield 'row';
    if (stored.seq !== last + 1) {
      const first = last + 1;
      const which = first === stored.seq - 1 ? `row ${first} is` : `rows ${first} to ${stored.seq - 1} are`;
      const message = `Document ${document}: ${which} missing.`;
      yield { kind: 'gap', document, seq: stored.seq - 1, message };
    }
    last = stored.seq;
    try {
      if (!isUpdate(rowOf(document, stored).bytes)) {
        const message = `Document ${document}: row ${stored.seq} is whole but holds no update.`;
        yield { kind: 'unreadable', document, seq: stored.seq, message };
      }
    } catch {
      const message = `Document ${document}: row ${stored.seq} is not what was written.`;
      yield { kind: 'row', document, seq: stored.seq, message };
    }
  }
  const checkpoint = database
    .prepare<[number], StoredCheckpoint>('SELECT * FROM log_checkpoint WHERE number = ?')
    .get(number);
  if (checkpoint === undefined) return;
  if (checkpointOf(document, checkpoint) === null) {
    const message = `Document ${document}: its checkpoint is not what was written; it will be made again from the rows.`;
    yield { kind: 'checkpoint', document, seq: checkpoint.seq, message };
  } else if (checkpoint.seq > last) {
    const message = `Document ${document}: the rows after ${last}, up to ${checkpoint.seq}, are missing; the checkpoint has what they said.`;
    yield { kind: 'gap', document, seq: checkpoint.seq, message };
  }
}

/**
 * Reads everything that is stored, of a relay that runs or not, or of a backup, and says what is not as it was written. Changes nothing.
 * @param onProgress - called after each document.
 * @throws AppError `storage_failed` when there is no Calepin in the folder.
 */
export async function verifyLog(
  dataFolder: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Verification> {
  const file = path.join(dataFolder, databaseName);
  if (!existsSync(file))
    throw new AppError('storage_failed', `There is no Calepin in the data folder ${dataFolder}.`);
  const database = new Database(file, { readonly: true, fileMustExist: true });
  const faults: Fault[] = [];
  let rows = 0;
  try {
    // One moment for all that is read, however long it takes.
    database.exec('BEGIN');
    const check = String(database.pragma('quick_check', { simple: true }));
    if (check !== 'ok')
      faults.push({
        kind: 'database',
        document: null,
        seq: null,
        message: `The database is damaged: ${check}.`,
      });
    const documents = database
      .prepare<[], StoredDocument>('SELECT number, document FROM log_document ORDER BY number')
      .all();
    for (const [at, document] of documents.entries()) {
      for (const found of rowFaults(database, document)) {
        if (found === 'row') rows += 1;
        else faults.push(found);
      }
      onProgress(at + 1, documents.length);
    }
    const digests = database.prepare('SELECT DISTINCT digest FROM attachment').pluck().all() as string[];
    database.exec('ROLLBACK');
    for (const digest of digests) {
      const place = path.join(dataFolder, attachmentsName, attachmentPath(digest));
      const found = await digestOf(place).catch(() => null);
      if (found === digest) continue;
      const message =
        found === null ? `Attachment ${digest} is missing.` : `Attachment ${digest} is not what was stored.`;
      faults.push({ kind: 'attachment', document: null, seq: null, message });
    }
    return { documents: documents.length, rows, attachments: digests.length, faults };
  } finally {
    database.close();
  }
}
