import * as Y from 'yjs';

/** Clocks of one client; `end` is excluded. */
export interface ClientRange {
  readonly client: number;
  readonly start: number;
  readonly end: number;
}

/** Text that a row brought. */
export interface InsertedText {
  readonly client: number;
  readonly clock: number;
  readonly text: string;
}

/** What one row of the log wrote and removed. */
export interface RowContent {
  readonly ranges: readonly ClientRange[];
  readonly texts: readonly InsertedText[];
  readonly removed: readonly ClientRange[];
}

/** Reads an update without building a document. @param bytes - Yjs update, v1. */
export function readRow(bytes: Uint8Array): RowContent {
  const { structs, ds } = Y.decodeUpdate(bytes);
  const ranges: { client: number; start: number; end: number }[] = [];
  const texts: InsertedText[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = ranges.at(-1);
    if (last?.client === client && last.end === clock) last.end += struct.length;
    else ranges.push({ client, start: clock, end: clock + struct.length });
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
      texts.push({ client, clock, text: struct.content.str });
  }
  const removed: ClientRange[] = [];
  for (const [client, deletions] of ds.clients)
    for (const { clock, len } of deletions) removed.push({ client, start: clock, end: clock + len });
  return { ranges, texts, removed };
}
