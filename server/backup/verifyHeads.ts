import type { Database } from 'better-sqlite3';
import type { Epoch } from '#shared/domain/ids.ts';
import { type SignedHead, signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { isSignedBy } from '../storage/journal/ThinStatement.ts';
import type { Fault } from './Fault.ts';
import type { RowVerifier, StoredDocument } from './verifyRows.ts';
import { hasTable } from './verifyRows.ts';

/** A head, and the keys of which one must have signed it. */
export interface HeadToVerify {
  readonly head: SignedHead;
  readonly keys: readonly Uint8Array[];
  /** It comes from outside the database. */
  readonly isKept: boolean;
}

/** The relay's public keys, as its database knows them. */
export function storedKeys(database: Database): Uint8Array[] {
  if (!hasTable(database, 'log_key')) return [];
  return database.prepare<[], Uint8Array>('SELECT public_key FROM log_key ORDER BY number').pluck().all();
}

/** The heads of a document's present epoch, oldest first. */
export function storedHeads(database: Database, { number, epoch }: StoredDocument): HeadToVerify[] {
  if (!hasTable(database, 'log_head')) return [];
  return database
    .prepare<[number, string], SignedHead & { public_key: Uint8Array }>(
      `SELECT seq, digest, time, signature, public_key FROM log_head JOIN log_key ON log_key.number = log_head.key
        WHERE log_head.number = ? AND epoch = ? ORDER BY seq`,
    )
    .all(number, epoch)
    .map(({ public_key: key, ...head }) => ({
      head: { ...head, epoch: epoch as Epoch },
      keys: [key],
      isKept: false,
    }));
}

/** Holds signed heads against what the rows say. @returns what does not go together, and a note for each kept head that does. */
export function verifyHeads(
  { document, epoch }: Pick<StoredDocument, 'document' | 'epoch'>,
  verifier: Pick<RowVerifier, 'digests' | 'last'>,
  heads: readonly HeadToVerify[],
): { faults: Fault[]; notes: string[] } {
  const faults: Fault[] = [];
  const notes: string[] = [];
  let sound = 0;
  const fault = (kind: Fault['kind'], seq: number, message: string, from = seq): void => {
    const range = from === seq ? {} : { from };
    faults.push({ kind, document, seq, ...range, message: `Document ${document}: ${message}.` });
  };
  for (const { head, keys, isKept } of heads) {
    const { seq, time, digest, signature } = head;
    const when = new Date(time).toISOString();
    const name = `the head ${isKept ? 'that was kept' : 'signed'} of row ${seq} (${when})`;
    const found = verifier.digests.get(seq);
    const agrees = found !== undefined && Buffer.from(found).equals(digest);
    if (!keys.some((key) => isSignedBy(key, signedHeadBytes(document, head), signature)))
      fault('head', seq, `${name} is not signed by this Calepin`);
    else if (head.epoch !== epoch && !agrees)
      notes.push(
        `Document ${document}: ${name} is of before a restore from a backup, and cannot be compared.`,
      );
    else if (seq > verifier.last)
      fault(
        'gap',
        seq,
        `${name} was signed, and the rows after ${verifier.last} are missing`,
        verifier.last + 1,
      );
    else if (found !== undefined && !agrees) {
      fault(
        'head',
        seq,
        `rows ${sound + 1} to ${seq} are not those of ${name}: they were written anew`,
        sound + 1,
      );
      return { faults, notes };
    } else {
      if (found !== undefined) sound = seq;
      if (isKept)
        notes.push(
          `Document ${document}: ${name} ${agrees ? 'agrees with all rows up to it' : 'is of rows that cannot be followed'}.`,
        );
    }
  }
  return { faults, notes };
}
