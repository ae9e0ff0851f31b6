import type { PersonId } from '#shared/domain/ids.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';

/** What a stretch of the log says of itself. */
export interface RowsMeasure {
  readonly seq: number;
  /** Time of the last row, Unix milliseconds. */
  readonly time: number;
  /** Who wrote, most rows first; the relay's own rows count for nobody. */
  readonly contributors: readonly PersonId[];
  readonly changeCount: number;
}

/** Null for no rows. */
export function measureRows(rows: readonly LogRow[]): RowsMeasure | null {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const counts = new Map<PersonId, number>();
  for (const { person } of rows) if (person !== null) counts.set(person, (counts.get(person) ?? 0) + 1);
  const contributors = [...counts].toSorted((a, b) => b[1] - a[1]).map(([person]) => person);
  return { seq: last.seq, time: last.time, contributors, changeCount: rows.length };
}

/** Cuts rows where nobody changed anything for `gapMs`. */
export function cutSittings(rows: readonly LogRow[], gapMs: number): LogRow[][] {
  const sittings: LogRow[][] = [];
  let last: LogRow | null = null;
  for (const row of rows) {
    if (last !== null && row.time - last.time < gapMs) sittings.at(-1)?.push(row);
    else sittings.push([row]);
    last = row;
  }
  return sittings;
}
