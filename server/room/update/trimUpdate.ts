import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeStateVector } from '#shared/protocol/encodeMessage.ts';
import type { News } from './DocumentState.ts';
import { type ParsedUpdate, parseUpdate } from './parseUpdate.ts';

const noLimits = { maxStringBytes: Infinity };

/**
 * What of an update is new, as an update: a sync step 2 repeats the whole delete set, and structs may be known in part.
 * @param update - parsed; `news` is what `DocumentState.compare` said of it, and is not empty.
 */
export function trimUpdate(bytes: Uint8Array, update: ParsedUpdate, news: News): Uint8Array {
  if (news.whole) return bytes;
  const structs = newStructs(bytes, update, news);
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, structs);
    writeDeleteSet(encoder, news.deletes);
  });
}

function newStructs(bytes: Uint8Array, update: ParsedUpdate, news: News): Uint8Array {
  if (news.structs.length === 0) return Uint8Array.of(0);
  const freshFrom = new Map(news.structs.map(({ client, from }) => [client, from]));
  const known = new Map<number, number>();
  for (const section of update.sections) {
    const from = freshFrom.get(section.client);
    // Nothing of the section is new, or what precedes the new part is known.
    if (from === undefined) known.set(section.client, section.to);
    else if (from > section.from) known.set(section.client, from);
  }
  if (known.size === 0) return bytes.subarray(0, update.deleteSetAt);
  const rest = Y.diffUpdate(bytes, encodeStateVector(known));
  return rest.subarray(0, parseUpdate(rest, noLimits).deleteSetAt);
}

/** @param deletes - flat: client, from, to… with one client's ranges together. */
export function writeDeleteSet(encoder: encoding.Encoder, deletes: ArrayLike<number>): void {
  const byClient = new Map<number, number[]>();
  for (let index = 0; index < deletes.length; index += 3) {
    const client = deletes[index] as number;
    const ranges = byClient.get(client) ?? [];
    ranges.push(deletes[index + 1] as number, deletes[index + 2] as number);
    byClient.set(client, ranges);
  }
  encoding.writeVarUint(encoder, byClient.size);
  for (const [client, ranges] of byClient) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length / 2);
    for (let index = 0; index < ranges.length; index += 2) {
      const from = ranges[index] as number;
      encoding.writeVarUint(encoder, from);
      encoding.writeVarUint(encoder, (ranges[index + 1] as number) - from);
    }
  }
}
