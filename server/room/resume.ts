import type { ResumePoint } from '#shared/protocol/readClientFrame.ts';
import { frameUpdate } from '../ws/frame.ts';
import type { RoomContent } from './RoomContent.ts';
import { isKnown } from './update/difference.ts';
import { type ParsedUpdate, parseUpdate } from './update/parseUpdate.ts';

const noLimits = { maxStringBytes: Infinity };

/** A few rows are sent as they are, though a small document would be shorter. */
const worthwhileBytes = 64 * 1024;

type Clocks = ReadonlyMap<number, number>;

/**
 * What somebody lacks who has everything up to a row: the rows after it, without those that are known. It costs nothing of the document's size, and no delete set.
 * @param known - the client's state vector.
 * @param mayRead - whether the rows may be sent as they were written; who may not see deleted text resumes only where nothing was missed.
 * @returns the frames; null where its word does not agree with the log, or where the state is the shorter answer.
 */
export async function framesSince(
  content: RoomContent,
  point: ResumePoint,
  known: Clocks,
  mayRead: boolean,
): Promise<Buffer[] | null> {
  // Of a copy the client is asked for all that it has: that frame is what the home can be said to have, with all that waits from before. The way there is within the computer.
  if (point.epoch !== content.epoch || content.upstream !== null) return null;
  const rows = await content.rowsAfter(point.seq);
  if (rows === null || (rows.length > 0 && !mayRead)) return null;
  const parsed = rows.map((row) => parseUpdate(row.bytes, noLimits));
  if (!isTrue(content, parsed, acknowledged(known, point.unacknowledged))) return null;
  const frames = rows
    .filter((_, at) => !isKnown(parsed[at] as ParsedUpdate, known))
    .map((row) => frameUpdate(row.bytes).frame);
  const size = frames.reduce((sum, frame) => sum + frame.length, 0);
  return size > Math.max(content.bytes, worthwhileBytes) ? null : frames;
}

/** What a client has of the relay's: its state vector, less what the relay has not acknowledged. */
function acknowledged(known: Clocks, unacknowledged: Clocks): Clocks {
  const clocks = new Map(known);
  for (const [client, clock] of unacknowledged) {
    clocks.set(client, Math.min(clock, known.get(client) ?? 0));
  }
  return clocks;
}

/**
 * Whether a client can have what it says: at least what the document was before these rows (its copy may have lost some), and nothing that the relay does not have
 * (the relay's log may have been put back).
 */
function isTrue(content: RoomContent, rows: readonly ParsedUpdate[], has: Clocks): boolean {
  const before = new Map(content.storedClocks());
  for (const { sections } of rows) {
    for (const { client, from } of sections) before.set(client, Math.min(from, before.get(client) ?? from));
  }
  for (const [client, clock] of before) if ((has.get(client) ?? 0) < clock) return false;
  for (const [client, clock] of has) {
    if ((content.state.stateVector.get(client) ?? 0) < clock) return false;
  }
  return true;
}
