import type { DocumentHead } from './OfflineStore.ts';
import { crc32 } from './crc32.ts';

/** How many rows a copy has, and the sum of their checksums, by 2^32. */
export interface CountedRows {
  readonly rows: number;
  readonly sum: number;
}

/**
 * A head as it is stored. A row that is gone leaves no trace among the others, and its words would never be asked for again, since `seq` says that they are
 * there: the head says which rows belong to it. Both are absent from heads of before they were kept.
 */
export interface SealedHead extends DocumentHead {
  readonly counted?: CountedRows;
  /** Checksum of what is promised: `epoch`, `seq`, `complete` and `counted`. */
  readonly seal?: number;
}

const noRows: CountedRows = { rows: 0, sum: 0 };

/** Counts rows, beside those that were counted. */
export function countRows(
  rows: readonly { readonly checksum: number }[],
  counted: CountedRows = noRows,
): CountedRows {
  return rows.reduce(
    (all, { checksum }) => ({ rows: all.rows + 1, sum: (all.sum + checksum) >>> 0 }),
    counted,
  );
}

/** What is left of those that were counted without these. */
export function uncountRows(
  rows: readonly { readonly checksum: number }[],
  counted: CountedRows,
): CountedRows {
  const gone = countRows(rows);
  return { rows: counted.rows - gone.rows, sum: (counted.sum - gone.sum) >>> 0 };
}

/**
 * The head as it is to be stored with these rows.
 * @param before - what was stored: where its own seal does not fit it stays as it is, so that the next who reads the copy sees that it is damaged.
 */
export function sealHead(
  before: SealedHead | undefined,
  head: DocumentHead,
  counted: CountedRows,
): SealedHead {
  const fits = before?.seal === undefined || before.seal === checksumOf(before, before.counted ?? noRows);
  return { ...head, counted, seal: fits ? checksumOf(head, counted) : (before?.seal ?? 0) };
}

/** The head alone, as it is told. */
export function withoutSeal({ counted: _, seal: __, ...head }: SealedHead): DocumentHead {
  return head;
}

/** Whether a copy is what was stored: its head, and every row that belongs to it. */
export function isSound(
  head: SealedHead | undefined,
  rows: readonly { readonly checksum: number }[],
): boolean {
  return head?.seal === undefined || head.seal === checksumOf(head, countRows(rows));
}

function checksumOf({ epoch, seq, complete }: DocumentHead, { rows, sum }: CountedRows): number {
  return crc32(new TextEncoder().encode(JSON.stringify([epoch, seq, complete, rows, sum])));
}
