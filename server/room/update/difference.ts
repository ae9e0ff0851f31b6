import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeStateVector } from '#shared/protocol/encodeMessage.ts';
import type { ParsedUpdate, Section } from './parseUpdate.ts';

/**
 * What somebody with this state vector lacks of a checkpoint, and its whole delete set. Sections that are known or unknown as a whole are passed over or copied
 * without being read; only one that is known in part is decoded. (`Y.diffUpdate` reads the whole state: milliseconds for a long note.)
 * @param parsed - the checkpoint's, whose sections say where each client's structs are.
 */
export function difference(
  bytes: Uint8Array,
  parsed: Pick<ParsedUpdate, 'sections' | 'deleteSetAt'>,
  known: ReadonlyMap<number, number>,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const section of parsed.sections) {
    const clock = known.get(section.client) ?? 0;
    if (clock >= section.to) continue;
    const whole = bytes.subarray(section.start, section.end);
    parts.push(clock <= section.from ? whole : rest(whole, section, clock));
  }
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, parts.length);
    for (const part of parts) encoding.writeUint8Array(encoder, part);
    encoding.writeUint8Array(encoder, bytes.subarray(parsed.deleteSetAt));
  });
}

/** What follows `clock` in one client's structs: the difference of an update that holds nothing else. */
function rest(section: Uint8Array, { client }: Section, clock: number): Uint8Array {
  const alone = new Uint8Array(section.length + 2);
  alone[0] = 1;
  alone.set(section, 1);
  const left = Y.diffUpdate(alone, encodeStateVector(new Map([[client, clock]])));
  return left.subarray(1, left.length - 1);
}

/** True when a row holds nothing that this state vector lacks; deletions are always news. */
export function isKnown(row: ParsedUpdate, known: ReadonlyMap<number, number>): boolean {
  return (
    row.deletes.length === 0 &&
    row.sections.every((section) => (known.get(section.client) ?? 0) >= section.to)
  );
}
