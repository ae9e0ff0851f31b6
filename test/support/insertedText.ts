import * as Y from 'yjs';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';

/** What rows of a log wrote, by the client that wrote it, each in the order of the rows. */
export function insertedText(rows: readonly Pick<LogRow, 'bytes'>[]): ReadonlyMap<number, string> {
  const written = new Map<number, string>();
  for (const { bytes } of rows)
    for (const struct of Y.decodeUpdate(bytes).structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const { client } = struct.id;
      written.set(client, (written.get(client) ?? '') + struct.content.str);
    }
  return written;
}
