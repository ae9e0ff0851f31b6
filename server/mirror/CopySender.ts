import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { limits } from '#shared/protocol/messages.ts';
import { encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import type { Outbox, WaitingRow } from './Outbox.ts';
import type { SendPace } from './SendPace.ts';

/** Rows on their way to the home and not settled there. Larger: more is sent twice after a cut; smaller: the line waits for the disk there. */
const rowsOnTheWay = 128;
/** A batch is cut off here: what is checked at the home in one turn. */
const batchRows = 32;
/** Written so lately on an open line, and so few, rows are sent as they come, with no time of their own: the home's is as good. */
const liveMs = 2_000;
const liveRows = 5;
/** Bytes that a row takes beside its update, and a batch beside its rows, at most. */
const headBytes = 16;

/** The way of a copy's rows to its home, on one connection: each once, in order, and no more at a time than the home takes without holding the line up. */
export class CopySender {
  /** How many write frames the home has settled. */
  settled = 0;
  private frames = 0;
  private readonly say: (message: Uint8Array) => void;
  private readonly pace: SendPace;

  constructor(say: (message: Uint8Array) => void, pace: SendPace) {
    this.say = say;
    this.pace = pace;
  }

  /** The connection is a new one. */
  begin(): void {
    this.frames = 0;
    this.settled = 0;
  }

  /** Sends what may leave now of what was not sent yet. @returns false when some of it must wait for its time, and for nothing else. */
  send(outbox: Outbox, now: number): boolean {
    const unsent = outbox.rows.filter(({ frame }) => frame === null);
    if (unsent.length <= liveRows && unsent.every(({ time }) => now - time < liveMs)) {
      for (const row of unsent) {
        row.frame = ++this.frames;
        this.say(encodeUpdate(row.bytes));
      }
      return true;
    }
    for (const batch of batchesOf(unsent)) {
      const onTheWay = this.frames - this.settled;
      if (onTheWay > 0 && onTheWay + batch.length > rowsOnTheWay) return true;
      const granted = batch.slice(0, this.pace.take(batch.length));
      for (const row of granted) row.frame = ++this.frames;
      if (granted.length > 0)
        this.say(encodeBatch(granted.map(({ time, bytes }) => ({ deviceTime: time, update: bytes }))));
      if (granted.length < batch.length) return false;
    }
    return true;
  }

  /** Sends all that the home lacks as one update: it said that something is missing there. */
  sendState(update: Uint8Array): void {
    this.frames++;
    this.say(encodeStep2(update));
  }
}

function batchesOf(rows: readonly WaitingRow[]): WaitingRow[][] {
  const batches: WaitingRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const last = batches.at(-1);
    const size = row.bytes.length + headBytes;
    if (last === undefined || last.length >= batchRows || bytes + size > limits.maxBatchBytes - headBytes) {
      batches.push([row]);
      bytes = size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return batches;
}
