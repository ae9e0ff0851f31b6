import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Carried, carriedKinds } from './CarriedRuns.ts';

/** What ends an update that has such a list after it, behind the list's length in four bytes. */
const mark = new TextEncoder().encode('carried1');
const tailBytes = 4 + mark.length;

/** What rows carried, up to one. */
export interface CarriedBy {
  readonly carried: readonly Carried[];
  /** The last row of which all is said; rows that stay as they are, after those that are gone, are among them. */
  readonly through: number;
}

/**
 * An update that stands for rows which are gone, with what they carried after it: it was found while their removed text was there. Who reads the update as Yjs stops at its end; the statement's signature is
 * over all of it.
 */
export function withCarried(update: Uint8Array, { carried, through }: CarriedBy): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, update);
    encoding.writeVarUint(encoder, through);
    encoding.writeVarUint(encoder, carried.length);
    for (const { from, to, length, kind } of carried)
      for (const value of [from.client, from.clock, to.client, to.clock, length, carriedKinds.indexOf(kind)])
        encoding.writeVarUint(encoder, value);
    encoding.writeUint32(encoder, encoding.length(encoder) - update.length);
    encoding.writeUint8Array(encoder, mark);
  });
}

/** The update of Yjs in what stands for rows that are gone. */
export function withoutCarried(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - tailBytes;
  if (end < 0 || !mark.every((byte, at) => bytes[end + 4 + at] === byte)) return bytes;
  const size = decoding.readUint32(decoding.createDecoder(bytes.subarray(end)));
  return size > end ? bytes : bytes.subarray(0, end - size);
}

/** @returns what an update that stands for rows says they carried; null where it says nothing, as those of before. @throws Error when the list is damaged. */
export function carriedBeside(bytes: Uint8Array): CarriedBy | null {
  const end = bytes.length - tailBytes;
  if (end < 0 || !mark.every((byte, at) => bytes[end + 4 + at] === byte)) return null;
  const size = decoding.readUint32(decoding.createDecoder(bytes.subarray(end)));
  if (size > end) return null;
  const decoder = decoding.createDecoder(bytes.subarray(end - size, end));
  const next = (): number => decoding.readVarUint(decoder);
  const through = next();
  const carried = Array.from({ length: next() }, () => {
    const from = { client: next(), clock: next() };
    const to = { client: next(), clock: next() };
    const length = next();
    const kind = carriedKinds[next()];
    if (kind === undefined) throw new RangeError('something was carried in a way that is not known');
    return { from, to, length, kind };
  });
  return { carried, through };
}
