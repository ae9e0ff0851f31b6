import type { Database, Statement } from 'better-sqlite3';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';

export interface NewHead {
  readonly document: DocumentId;
  readonly head: SignedHead;
}

/** A document's number, its present epoch, and its last row that is in a segment. */
interface HeadPlace {
  readonly number: number;
  readonly epoch: Epoch;
  readonly cut: number;
}

interface StoredHead {
  readonly seq: number;
  readonly epoch: string;
  readonly digest: Uint8Array;
  readonly time: number;
  readonly signature: Uint8Array;
}

/** The statements of `log_head` and `log_key`. */
export class HeadTable {
  private readonly insertKey: Statement;
  private readonly insertHead: Statement;
  private readonly deleteOlder: Statement;
  private readonly deleteBehind: Statement<[number, number]>;
  private readonly selectLatest: Statement<[number, string], StoredHead>;

  constructor(database: Database) {
    this.insertKey = database.prepare(
      'INSERT INTO log_key (public_key, since) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.insertHead = database.prepare(
      `INSERT INTO log_head (number, seq, epoch, digest, time, key, signature)
        VALUES (?, ?, ?, ?, ?, (SELECT number FROM log_key WHERE public_key = ?), ?) ON CONFLICT DO NOTHING`,
    );
    this.deleteOlder = database.prepare(
      `DELETE FROM log_head WHERE number = :number AND epoch = :epoch AND seq < :seq
        AND seq > (SELECT min(seq) FROM log_head WHERE number = :number AND epoch = :epoch AND seq > :cut)`,
    );
    this.deleteBehind = database.prepare('DELETE FROM log_head WHERE number = ? AND seq > ?');
    this.selectLatest = database.prepare(
      'SELECT * FROM log_head WHERE number = ? AND epoch = ? ORDER BY seq DESC LIMIT 1',
    );
  }

  save({ number, epoch, cut }: HeadPlace, head: SignedHead, publicKey: Uint8Array): void {
    this.insertKey.run(publicKey, head.time);
    this.insertHead.run(number, head.seq, head.epoch, head.digest, head.time, publicKey, head.signature);
    // The first since the last segment stays, and will speak of the next one; and so does this one.
    this.deleteOlder.run({ number, epoch, cut, seq: head.seq });
  }

  /** Forgets those of rows behind `seq`. */
  forgetBehind(number: number, seq: number): void {
    this.deleteBehind.run(number, seq);
  }

  latest({ number, epoch }: HeadPlace): SignedHead | null {
    const found = this.selectLatest.get(number, epoch);
    if (found === undefined) return null;
    const { seq, digest, time, signature } = found;
    return { epoch, seq, digest, time, signature };
  }
}
