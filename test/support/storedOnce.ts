import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { UpdateLog } from '#server/storage/ports/UpdateLog.ts';

/**
 * Reads a document's log as Yjs does, and checks that each clock and each deletion is in it once, without gaps.
 * @returns what is wrong, in words; empty when nothing is.
 */
export async function faultsOfLog(log: UpdateLog, document: DocumentId): Promise<string[]> {
  const faults: string[] = [];
  const clocks = new Map<number, number>();
  const deleted = new Map<number, (readonly [from: number, to: number])[]>();
  for (const { seq, bytes } of await log.read(document, 0)) {
    const { structs, ds } = Y.decodeUpdate(bytes);
    for (const { id, length } of structs) {
      const next = clocks.get(id.client) ?? 0;
      if (id.clock !== next) faults.push(`row ${seq}: client ${id.client} at ${id.clock}, after ${next}`);
      clocks.set(id.client, Math.max(next, id.clock + length));
    }
    for (const [client, ranges] of ds.clients) {
      const before = deleted.get(client) ?? [];
      deleted.set(client, before);
      for (const { clock, len } of ranges) {
        const again = before.find(([from, to]) => clock < to && from < clock + len);
        if (again !== undefined) faults.push(`row ${seq}: client ${client} deletes ${clock} again`);
        before.push([clock, clock + len]);
      }
    }
  }
  return faults;
}
