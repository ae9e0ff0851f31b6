import { AppError } from '#shared/api/errorCodes.ts';
import { sealRow } from '../chain.ts';
import { checksum } from '../checksum.ts';
import type { Segment } from '../ports/Segment.ts';
import type { LogRow, SegmentPlace } from '../ports/UpdateLog.ts';
import { decodeSegment } from './decodeSegment.ts';
import { encodeSegment } from './encodeSegment.ts';
import { decodeStatement, thinnedUpdate } from './ThinStatement.ts';

/** When and how much is cut. */
export const segmentLimits = {
  /** Rows of a whole segment: more would pack a little better, and cost more to read for one row. */
  rows: 1_000,
  /** Bytes of updates after which a segment is whole, however few its rows. */
  bytes: 1024 * 1024,
  /**
   * Rows at the end of a log that are never cut. The last one holds the log's seq and digest; who comes back after a short while is sent these rows, and no segment is read for
   * it. More of them cost about 150 bytes each in the tables.
   */
  keptRows: 64,
} as const;

/**
 * Packs rows that follow one another. What it gives back was unpacked again and found equal, byte for byte: the rows may be let go.
 * @param before - the chain's digest before the first.
 * @throws AppError `internal` when it was not equal.
 */
export function packSegment(rows: readonly LogRow[], before: Uint8Array): Segment {
  const [firstRow, lastRow] = [rows[0], rows.at(-1)];
  if (firstRow === undefined || lastRow === undefined) throw new AppError('internal', 'a segment of no rows');
  const checks = new Uint8Array(rows.length);
  let digest = before;
  for (const [index, row] of rows.entries()) {
    ({ digest } = sealRow(row, digest));
    checks[index] = digest[0] as number;
  }
  const { document, seq: first } = firstRow;
  const bytes = encodeSegment(rows, checks);
  const again = decodeSegment(document, first, rows.length, bytes).rows;
  if (!rows.every((row, index) => isSame(row, again[index])))
    throw new AppError(
      'internal',
      `rows ${first} to ${lastRow.seq} of document ${document} cannot be packed`,
    );
  return { document, first, last: lastRow.seq, digest, bytes, statement: null };
}

/** Whether segments follow one another from the first row of one that is there to the last of one, with its digest. */
export function areInPlaceOf(segments: readonly Segment[], places: readonly SegmentPlace[]): boolean {
  const [from, to] = [segments[0], segments.at(-1)];
  const end = places.find(({ last }) => last === to?.last);
  return (
    places.some(({ first }) => first === from?.first) &&
    end !== undefined &&
    Buffer.from(end.digest).equals(to?.digest ?? new Uint8Array()) &&
    segments.every(({ first }, at) => at === 0 || first === (segments[at - 1]?.last ?? 0) + 1)
  );
}

/** CRC-32 over everything of a segment, checked at each read. */
export function segmentChecksum({ document, first, last, digest, bytes, statement }: Segment): number {
  return checksum([document, first, last], digest, bytes, statement ?? new Uint8Array());
}

/**
 * The rows of a segment; for a range that was thinned, one row that bears the number and the time of the last.
 * @throws AppError `document_damaged`
 */
export function unpackSegment(segment: Segment): readonly LogRow[] {
  const { document, first, last, bytes, statement } = segment;
  try {
    if (statement !== null) {
      const said = decodeStatement(statement);
      const { lastTime: time } = said;
      const nobody = { person: null, device: null, deviceTime: null };
      return [
        {
          ...nobody,
          document,
          seq: last,
          time,
          via: 'operation',
          operation: 'thin',
          bytes: thinnedUpdate(segment, said),
        },
      ];
    }
    return decodeSegment(document, first, last - first + 1, bytes).rows;
  } catch (cause) {
    throw new AppError(
      'document_damaged',
      `rows ${first} to ${last} of document ${document} cannot be read`,
      {
        cause,
      },
    );
  }
}

function isSame(a: LogRow, b: LogRow | undefined): boolean {
  return (
    a.seq === b?.seq &&
    a.time === b.time &&
    a.person === b.person &&
    a.device === b.device &&
    a.deviceTime === b.deviceTime &&
    a.via === b.via &&
    a.operation === b.operation &&
    Buffer.compare(a.bytes, b.bytes) === 0
  );
}
