import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { attachmentsName, databaseName } from './BackupManifest.ts';
import type { Fault } from './Fault.ts';
import { attachmentPath, digestOf } from './files.ts';
import type { KeptHead } from './KeptHead.ts';
import { storedHeads, storedKeys, verifyHeads } from './verifyHeads.ts';
import { hasTable, RowVerifier, type StoredDocument } from './verifyRows.ts';

export interface Verification {
  readonly documents: number;
  readonly rows: number;
  readonly attachments: number;
  readonly faults: readonly Fault[];
  /** What was thinned, and what became of the heads that were asked about: a sentence each. */
  readonly notes: readonly string[];
}

/** When the relay destroyed a document that had been in the trash for its time; null: it did not. */
function destructionOf(database: Database.Database, document: string): number | null {
  // A copy that was made before there was one register has the one of before.
  const table = ['register', 'audit'].find((name) => hasTable(database, name));
  if (table === undefined) return null;
  const found = database
    .prepare<[string], number>(
      `SELECT max(at) FROM ${table} WHERE subject_id = ? AND (act = 'destroyed' OR act LIKE '%.destroyed')`,
    )
    .pluck()
    .get(document);
  return found ?? null;
}

/**
 * Reads everything that is stored, of a relay that runs or not, or of a backup, and says what is not as it was written. Changes nothing.
 * @param onProgress - called after each document.
 * @param kept - signed heads from outside, to be held against what is stored.
 * @throws AppError `storage_failed` when there is no Calepin in the folder.
 */
export async function verifyLog(
  dataFolder: string,
  onProgress: (done: number, total: number) => void = () => undefined,
  kept: readonly KeptHead[] = [],
): Promise<Verification> {
  const file = path.join(dataFolder, databaseName);
  if (!existsSync(file))
    throw new AppError('storage_failed', `There is no Calepin in the data folder ${dataFolder}.`);
  const database = new Database(file, { readonly: true, fileMustExist: true });
  const faults: Fault[] = [];
  const notes: string[] = [];
  let rows = 0;
  try {
    // One moment for all that is read, however long it takes.
    database.exec('BEGIN');
    const check = String(database.pragma('integrity_check', { simple: true }));
    if (check !== 'ok')
      faults.push({
        kind: 'database',
        document: null,
        seq: null,
        message: `The database is damaged: ${check}.`,
      });
    const keys = storedKeys(database);
    const documents = database
      .prepare<[], StoredDocument>('SELECT number, document, epoch FROM log_document ORDER BY number')
      .all();
    for (const [at, document] of documents.entries()) {
      const mine = kept.flatMap(({ document: of, head }) =>
        of === document.document ? [{ head, keys, isKept: true }] : [],
      );
      const heads = [...storedHeads(database, document), ...mine];
      const verifier = new RowVerifier(database, document, keys, new Set(heads.map(({ head }) => head.seq)));
      verifier.verify();
      rows += verifier.rows;
      const signed = verifyHeads(document, verifier, heads);
      faults.push(...verifier.faults, ...signed.faults);
      notes.push(...verifier.notes, ...signed.notes);
      onProgress(at + 1, documents.length);
    }
    for (const { document, head } of kept) {
      if (documents.some((one) => one.document === document)) continue;
      const destroyedAt = destructionOf(database, document);
      if (destroyedAt !== null) {
        notes.push(`Document ${document} was destroyed on ${new Date(destroyedAt).toISOString()}.`);
        continue;
      }
      faults.push({ kind: 'gap', document, seq: head.seq, message: `Document ${document} is not here.` });
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
    return { documents: documents.length, rows, attachments: digests.length, faults, notes };
  } finally {
    database.close();
  }
}
