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
  const deleted = new Set<string>();
  for (const { seq, bytes } of await log.read(document, 0)) {
    const { structs, ds } = Y.decodeUpdate(bytes);
    for (const { id, length } of structs) {
      const next = clocks.get(id.client) ?? 0;
      if (id.clock !== next) faults.push(`row ${seq}: client ${id.client} at ${id.clock}, after ${next}`);
      clocks.set(id.client, Math.max(next, id.clock + length));
    }
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        for (let at = clock; at < clock + len; at++) {
          const key = `${client} ${at}`;
          if (deleted.has(key)) faults.push(`row ${seq}: ${key} is deleted again`);
          deleted.add(key);
        }
      }
    }
  }
  return faults;
}
