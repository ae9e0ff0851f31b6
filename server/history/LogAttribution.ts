import * as Y from 'yjs';
import type { Attribution } from '#shared/document/compare/Attribution.ts';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding, LogRow } from '../storage/ports/UpdateLog.ts';
import { CarriedText } from './CarriedText.ts';
import { IdRanges } from './IdRanges.ts';

/** What attribution needs of a row. */
export type AttributedRow = Pick<LogRow, 'seq' | 'person' | 'operation' | 'bytes'>;

/**
 * Who wrote and who removed each character, read from the log: the writer is whoever the client id belongs to; the remover, whose row's
 * delete set first held it. Text that one update removes and inserts again (a paragraph split, joined, indented, made a heading) keeps its
 * first writer, and so does text that a restore brings back.
 */
export class LogAttribution implements Attribution {
  private readonly owners: ReadonlyMap<number, PersonId | null>;
  private readonly carried = new IdRanges<PersonId | null>();
  private readonly removers = new IdRanges<PersonId | null>();

  /**
   * @param rows - every row from the first, in order.
   * @param doc - the document at the last of them, uncollected; read, not changed.
   */
  constructor(rows: readonly AttributedRow[], bindings: readonly ClientBinding[], doc: Y.Doc) {
    const owners = new Map<number, PersonId | null>(bindings.map(({ client, person }) => [client, person]));
    this.owners = owners;
    const texts = new CarriedText(doc);
    for (const row of rows) {
      const { structs, ds } = Y.decodeUpdate(row.bytes);
      const inserted: { id: ItemId; text: string }[] = [];
      for (const struct of structs) {
        const { client, clock } = struct.id;
        if (!owners.has(client)) owners.set(client, row.person);
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
          inserted.push({ id: { client, clock }, text: struct.content.str });
        }
      }
      const removed: { id: ItemId; length: number }[] = [];
      for (const [client, ranges] of ds.clients) {
        for (const { clock, len } of ranges) {
          this.removers.add({ client, clock }, len, row.person);
          removed.push({ id: { client, clock }, length: len });
        }
      }
      if (inserted.length === 0) continue;
      const sources =
        row.operation === 'restore'
          ? texts.everRemoved(new Set(inserted.map(({ id }) => id.client)))
          : removed;
      if (sources.length === 0) continue;
      for (const { from, to, length } of texts.find(inserted, sources)) this.carry(from, to, length);
    }
  }

  writer(id: ItemId): PersonId | null {
    const carried = this.carried.get(id);
    return carried === undefined ? (this.owners.get(id.client) ?? null) : carried;
  }

  remover(id: ItemId): PersonId | null {
    return this.removers.get(id) ?? null;
  }

  private carry(from: ItemId, to: ItemId, length: number): void {
    let start = 0;
    for (let at = 1; at <= length; at += 1) {
      const person = this.writer({ client: from.client, clock: from.clock + start });
      if (at < length && this.writer({ client: from.client, clock: from.clock + at }) === person) continue;
      this.carried.add({ client: to.client, clock: to.clock + start }, at - start, person);
      start = at;
    }
  }
}
