import type { Database } from 'better-sqlite3';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { storedHeads, storedKeys, verifyHeads } from '../backup/verifyHeads.ts';
import { RowVerifier, type StoredDocument } from '../backup/verifyRows.ts';
import { type StoredSegment, uncheckedSegmentOf } from '../storage/sqlite/logRows.ts';
import type { Examined } from './Examined.ts';

/** Examines one document of a database, in the transaction of who calls. @see ExamineLog */
export function examineDocument(database: Database, document: DocumentId, at: number): Examined | null {
  const stored = database
    .prepare<[string], StoredDocument>('SELECT number, document, epoch FROM log_document WHERE document = ?')
    .get(document);
  if (stored === undefined) return null;
  const keys = storedKeys(database);
  const heads = storedHeads(database, stored);
  const verifier = new RowVerifier(
    database,
    stored,
    keys,
    new Set([at, ...heads.map(({ head }) => head.seq)]),
  );
  verifier.verify();
  const { faults } = verifyHeads(stored, verifier, heads);
  const thinned = database
    .prepare<[number], StoredSegment>(
      'SELECT * FROM log_segment WHERE number = ? AND statement IS NOT NULL ORDER BY last_seq',
    )
    .all(stored.number)
    .map((one) => uncheckedSegmentOf(document, one));
  const atEnd = thinned.find(({ last }) => last === at)?.digest;
  return {
    epoch: stored.epoch as Epoch,
    last: verifier.last,
    digest: verifier.digests.get(at) ?? atEnd ?? null,
    // A checkpoint is made again from the rows: no part of the history.
    faults: [...verifier.faults, ...faults].filter(({ kind }) => kind !== 'checkpoint'),
    heads: heads.flatMap(({ head, keys: [publicKey] }) => {
      const found = verifier.digests.get(head.seq);
      return publicKey !== undefined && found !== undefined && Buffer.from(found).equals(head.digest)
        ? [{ head, publicKey }]
        : [];
    }),
    thinned,
  };
}
