import type { NewRow } from '../ports/UpdateLog.ts';

/**
 * Rows as they go to the worker: one buffer for all their bytes, moved and not copied. (A view of a socket's read buffer would otherwise
 * bring that whole buffer along.)
 */
export interface PackedRows {
  readonly rows: readonly Omit<NewRow, 'bytes'>[];
  readonly lengths: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function packRows(rows: readonly NewRow[]): PackedRows {
  const lengths = rows.map((row) => row.bytes.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  const bare = rows.map(({ bytes: own, ...rest }) => {
    bytes.set(own, at);
    at += own.length;
    return rest;
  });
  return { rows: bare, lengths, bytes };
}

export function unpackRows(packed: PackedRows): NewRow[] {
  let at = 0;
  return packed.rows.map((row, index) => {
    const end = at + (packed.lengths[index] ?? 0);
    const bytes = packed.bytes.subarray(at, end);
    at = end;
    return { ...row, bytes };
  });
}
