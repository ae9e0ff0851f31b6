import { constants, zstdCompressSync } from 'node:zlib';
import type { LogRow } from '../ports/UpdateLog.ts';
import { ColumnWriter, toNatural } from './columns.ts';
import { type AuthorEntry, rowColumns, type RowColumn, segmentVersion } from './segmentFormat.ts';
import { encodeUpdateFields, isRegular, newWriters } from './updateCoders.ts';
import { UpdateModel } from './UpdateModel.ts';
import { updateColumns } from './walkUpdate.ts';

/** Above it, each level costs twice the time for less than one byte in a hundred. */
const compressionLevel = 9;

/**
 * Packs rows that follow one another, every column of each: about 3.5 bytes for a keystroke.
 * @param checks - one byte of the chain's digest at each row.
 * @see README.md, "A segment's bytes"
 */
export function encodeSegment(rows: readonly LogRow[], checks: Uint8Array): Uint8Array {
  const own = Object.fromEntries(rowColumns.map((name) => [name, new ColumnWriter()])) as Record<
    RowColumn,
    ColumnWriter
  >;
  const fields = newWriters();
  const lowTimes = new Uint8Array(rows.length);
  const model = new UpdateModel();
  const authors = new Map<string, number>();
  let [expectedAuthor, lastTime] = [0, 0];
  for (const [index, row] of rows.entries()) {
    const { time, person, device, deviceTime, via, operation, bytes } = row;
    const entry: AuthorEntry = [person, device, via, operation, deviceTime !== null];
    const key = JSON.stringify(entry);
    const author = authors.get(key) ?? authors.size;
    authors.set(key, author);
    own.authors.number(toNatural(author - expectedAuthor));
    expectedAuthor = author;
    const later = toNatural(time - lastTime);
    lastTime = time;
    lowTimes[index] = later % 256;
    own.highTimes.number(Math.floor(later / 256));
    if (deviceTime !== null) own.deviceTimes.number(toNatural(deviceTime - time));
    const regular = isRegular(bytes);
    own.regular.byte(regular ? 1 : 0);
    if (regular) encodeUpdateFields(bytes, fields, model, model.author(author));
    else {
      own.wholeLengths.number(bytes.length);
      own.whole.bytes(bytes);
    }
  }
  own.authorTable.bytes(Buffer.from(`[${[...authors.keys()].join(',')}]`));
  const packed = new ColumnWriter();
  for (const column of [
    ...rowColumns.map((name) => own[name]),
    ...updateColumns.map((name) => fields[name]),
  ]) {
    packed.number(column.written.length);
    packed.bytes(column.written);
  }
  const compressed = zstdCompressSync(packed.written, {
    params: { [constants.ZSTD_c_compressionLevel]: compressionLevel },
  });
  return Buffer.concat([Uint8Array.of(segmentVersion), checks, lowTimes, compressed]);
}
