import { zstdDecompressSync } from 'node:zlib';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { LogRow } from '../ports/UpdateLog.ts';
import { readAuthorTable } from './authorTable.ts';
import { ColumnReader, fromNatural } from './columns.ts';
import { maxUnpackedBytes, rowColumns, type RowColumn, segmentVersion } from './segmentFormat.ts';
import { UpdateDecoder, type UpdateReaders } from './updateCoders.ts';
import { UpdateModel } from './UpdateModel.ts';
import { updateColumns, walkUpdate } from './walkUpdate.ts';

export interface DecodedSegment {
  readonly rows: readonly LogRow[];
  /** One byte of the chain's digest at each row, as it was when the segment was cut. */
  readonly checks: Uint8Array;
}

/**
 * Unpacks a segment; the updates are views of one buffer.
 * @param from - its first row.
 * @param count - how many rows it holds.
 * @throws Error (of any kind) when these are not the bytes of such a segment.
 */
export function decodeSegment(
  document: DocumentId,
  from: number,
  count: number,
  bytes: Uint8Array,
): DecodedSegment {
  const raw = new ColumnReader(bytes);
  if (raw.byte() !== segmentVersion) throw new RangeError('a segment of another version');
  const checks = raw.bytes(count);
  const lowTimes = raw.bytes(count);
  const columns = readColumns(bytes.subarray(1 + 2 * count));
  const { own, fields } = columns;
  const authors = readAuthorTable(Buffer.from(own.authorTable.rest()).toString());
  const model = new UpdateModel();
  const decoder = new UpdateDecoder(fields, model);
  const bare: Omit<LogRow, 'bytes'>[] = [];
  const ends: number[] = [];
  let [author, time] = [0, 0];
  for (let index = 0; index < count; index++) {
    author += fromNatural(own.authors.number());
    const entry = authors[author];
    if (entry === undefined) throw new RangeError('no such author in a segment');
    const [person, device, via, operation, hasDeviceTime] = entry;
    time += fromNatural(own.highTimes.number() * 256 + (lowTimes[index] as number));
    bare.push({
      document,
      time,
      person: person as PersonId | null,
      device: device as DeviceId | null,
      deviceTime: hasDeviceTime ? time + fromNatural(own.deviceTimes.number()) : null,
      via,
      operation,
      seq: from + index,
    });
    if (own.regular.byte() === 1) walkUpdate(decoder, model, model.author(author));
    else decoder.output.bytes(own.whole.bytes(own.wholeLengths.number()));
    ends.push(decoder.output.length);
  }
  if (![...Object.values(own), ...Object.values(fields)].every((column) => column.isAtEnd))
    throw new RangeError('something follows the last row of a segment');
  const updates = decoder.output.written;
  const rows = bare.map((row, index) => ({
    ...row,
    bytes: updates.subarray(ends[index - 1] ?? 0, ends[index]),
  }));
  return { rows, checks };
}

function readColumns(compressed: Uint8Array): {
  own: Record<RowColumn, ColumnReader>;
  fields: UpdateReaders;
} {
  const packed = new ColumnReader(zstdDecompressSync(compressed, { maxOutputLength: maxUnpackedBytes }));
  const next = <Name extends string>(names: readonly Name[]): Record<Name, ColumnReader> =>
    Object.fromEntries(
      names.map((name) => [name, new ColumnReader(packed.bytes(packed.number()))]),
    ) as Record<Name, ColumnReader>;
  const own = next(rowColumns);
  const fields = next(updateColumns);
  if (!packed.isAtEnd) throw new RangeError('something follows the columns of a segment');
  return { own, fields };
}
