import type { Database, Statement } from 'better-sqlite3';
import { type DocumentId, type Epoch, isId, type PersonId } from '#shared/domain/ids.ts';
import { checksum } from '../checksum.ts';
import type { KeptPast } from '../ports/UpdateLog.ts';

interface StoredPast {
  readonly epoch: string;
  readonly seq: number;
  readonly format: number;
  readonly people: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

/** Not a schema: this runs in the thread of the database, for whose start zod alone was more than all the rest. */
const arePeople = (read: unknown): read is readonly PersonId[] => Array.isArray(read) && read.every(isId);

/** The statements of `log_past`. */
export class PastTable {
  private readonly select: Statement<[number], StoredPast>;
  private readonly upsert: Statement;
  private readonly remove: Statement<[number]>;
  private readonly removeBehind: Statement<[number, number]>;
  private readonly removeAll: Statement<[]>;

  constructor(database: Database) {
    this.select = database.prepare('SELECT * FROM log_past WHERE number = ?');
    this.upsert = database.prepare(
      'INSERT OR REPLACE INTO log_past (number, epoch, seq, format, people, bytes, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.remove = database.prepare('DELETE FROM log_past WHERE number = ?');
    this.removeBehind = database.prepare('DELETE FROM log_past WHERE number = ? AND seq > ?');
    this.removeAll = database.prepare('DELETE FROM log_past');
  }

  /** Null where none is kept, or it is damaged. @param number - of the document, in the tables. */
  read(document: DocumentId, number: number): KeptPast | null {
    const found = this.select.get(number);
    if (found === undefined) return null;
    const { epoch, seq, format, people, bytes } = found;
    if (checksum([document, epoch, seq, format, people], bytes) !== found.checksum) return null;
    const known: unknown = JSON.parse(people);
    return arePeople(known) ? { document, epoch: epoch as Epoch, seq, format, people: known, bytes } : null;
  }

  save(number: number, { document, epoch, seq, format, people, bytes }: KeptPast): void {
    const named = JSON.stringify(people);
    const sum = checksum([document, epoch, seq, format, named], bytes);
    this.upsert.run(number, epoch, seq, format, named, bytes, sum);
  }

  /** Forgets one of rows behind `seq`. */
  forgetBehind(number: number, seq: number): void {
    this.removeBehind.run(number, seq);
  }

  /** @param number - null: of all documents. */
  forget(number: number | null): void {
    if (number === null) this.removeAll.run();
    else this.remove.run(number);
  }
}
