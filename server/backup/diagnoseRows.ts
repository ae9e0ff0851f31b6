import { sealRow } from '../storage/chain.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';
import type { Fault } from './Fault.ts';

/** A row as it stands there, and the chain's digest that stands beside it. */
export interface ChainedRow {
  readonly row: LogRow;
  readonly digest: Uint8Array | null;
}

/** What is wrong with rows, without the document's name. */
export interface RowFault extends Pick<Fault, 'kind' | 'message'> {
  /** Those that it explains. */
  readonly rows: readonly number[];
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);
/** Beyond so many bad rows, no pair of them is looked for that was swapped. */
const maxSuspects = 40;

/** `content` in the place of another row. */
const inPlaceOf = (content: LogRow, place: LogRow): LogRow => ({ ...content, seq: place.seq });

/**
 * Says which of the rows that are in no segment are not what was chained, and what happened to them.
 * @param rows - without gaps, in order.
 * @param before - the chain's digest before the first; null when it is not known.
 */
export function diagnoseTail(rows: readonly ChainedRow[], before: Uint8Array | null): RowFault[] {
  const bad = suspects(rows, before);
  if (bad.length === 0) return [];
  const swapped = bad.length <= maxSuspects ? findSwap(rows, before, bad) : null;
  if (swapped !== null) {
    const [a = 0, b = 0] = swapped.map((at) => rows[at]?.row.seq);
    return [swappedRows(a, b)];
  }
  const first = bad[0] as number;
  if (rows.length - first > 1 && isShifted(rows.slice(first))) {
    const after = rows.slice(first).map(({ row }) => row.seq);
    const message = `row ${after[0]} was taken out, and those after it were numbered anew`;
    return [{ kind: 'gap', rows: after, message }];
  }
  return bad.map((at) => altered(rows[at]?.row.seq ?? 0));
}

/** Which rows do not agree with the digest beside them, each built on the digest beside the row before. */
function suspects(rows: readonly ChainedRow[], before: Uint8Array | null): number[] {
  return rows.flatMap(({ row, digest }, at) => {
    const previous = at === 0 ? before : (rows[at - 1]?.digest ?? null);
    if (previous === null || digest === null) return [];
    return equal(sealRow(row, previous).digest, digest) ? [] : [at];
  });
}

function findSwap(
  rows: readonly ChainedRow[],
  before: Uint8Array | null,
  bad: readonly number[],
): [number, number] | null {
  for (const a of bad) {
    for (const b of bad) {
      const [one, other] = [rows[a], rows[b]];
      if (a >= b || one === undefined || other === undefined) continue;
      // With their digests, or without.
      for (const [atA, atB] of [
        [other.digest, one.digest],
        [one.digest, other.digest],
      ] as const) {
        const back = rows.slice();
        back[a] = { row: inPlaceOf(other.row, one.row), digest: atA };
        back[b] = { row: inPlaceOf(one.row, other.row), digest: atB };
        if (suspects(back, before).length === 0) return [a, b];
      }
    }
  }
  return null;
}

/** Whether rows agree with their digests once each is numbered one higher; the first builds on a digest that is gone. */
function isShifted(rows: readonly ChainedRow[]): boolean {
  const higher = rows.map(({ row, digest }) => ({ row: { ...row, seq: row.seq + 1 }, digest }));
  return suspects(higher, null).length === 0;
}

/**
 * The same for the rows of a segment, of which one byte of each digest was kept.
 * @param checks - these bytes.
 * @param end - the digest at the last row.
 * @param missing - whether there are fewer rows than the segment says, or rows are missing behind it.
 */
export function diagnoseSegment(
  rows: readonly LogRow[],
  checks: Uint8Array,
  before: Uint8Array,
  end: Uint8Array,
  missing: boolean,
): RowFault[] {
  let digest = before;
  let first = -1;
  for (const [at, row] of rows.entries()) {
    ({ digest } = sealRow(row, digest));
    if (first < 0 && digest[0] !== checks[at]) first = at;
  }
  const all = rows.map(({ seq }) => seq);
  const last = all.at(-1) ?? 0;
  if (first < 0 && equal(digest, end)) return [];
  if (missing) {
    const seq = all[first] ?? last + 1;
    return [{ kind: 'gap', rows: [seq], message: `row ${seq} was taken out` }];
  }
  if (first < 0)
    return [
      {
        kind: 'segment',
        rows: all,
        message: `rows ${all[0]} to ${last} do not lead to the digest behind them`,
      },
    ];
  const seq = all[first] as number;
  const other = findSwapInSegment(rows, first, before, end);
  return [other === null ? altered(seq) : swappedRows(seq, all[other] as number)];
}

/** @returns which row must change places with the one at `first` for the chain to end as it should. */
function findSwapInSegment(
  rows: readonly LogRow[],
  first: number,
  before: Uint8Array,
  end: Uint8Array,
): number | null {
  const digestAt = (from: Uint8Array, some: readonly LogRow[]): Uint8Array =>
    some.reduce((digest, row) => sealRow(row, digest).digest, from);
  const start = digestAt(before, rows.slice(0, first));
  const one = rows[first] as LogRow;
  for (let at = first + 1; at < rows.length; at++) {
    const other = rows[at] as LogRow;
    const back = rows.slice(first);
    back[0] = inPlaceOf(other, one);
    back[at - first] = inPlaceOf(one, other);
    if (equal(digestAt(start, back), end)) return at;
  }
  return null;
}

const altered = (seq: number): RowFault => ({
  kind: 'row',
  rows: [seq],
  message: `row ${seq} is not what was written`,
});

const swappedRows = (a: number, b: number): RowFault => ({
  kind: 'swapped',
  rows: [a, b],
  message: `rows ${a} and ${b} were swapped`,
});
