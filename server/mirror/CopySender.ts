import type { PersonId } from '#shared/domain/ids.ts';
import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { limits } from '#shared/protocol/messages.ts';
import { encodeBatch, encodeStatedRows } from '#shared/protocol/mirrorMessages.ts';
import type { RefusedFrame } from './homeMessage.ts';
import type { Outbox, WaitingRow } from './Outbox.ts';
import type { Speakers } from './speakersOf.ts';
import type { SendPace } from './SendPace.ts';

/** Rows on their way to the home and not settled there. Larger: more is sent twice after a cut; smaller: the line waits for the disk there. */
const rowsOnTheWay = 128;
/** A batch is cut off here: what is checked at the home in one turn. */
const batchRows = 32;
/** Written so lately on an open line, and so few, rows are sent as they come, with no time of their own: the home's is as good. */
const liveMs = 2_000;
const liveRows = 5;
/** Bytes that a row takes beside its update, and a batch beside its rows, at most. */
const headBytes = 32;

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

  /**
   * Sends what may leave now of what was not sent yet: up to the first row that this computer may not speak for.
   * @returns false when some of it must wait for its time, and for nothing else.
   */
  send(outbox: Outbox, now: number, speakers: Speakers): boolean {
    const all = outbox.rows.filter(({ frame }) => frame === null);
    const end = all.findIndex((row) => speakers(row.person) === 'nobody' || outbox.isForOthers(row));
    const unsent = end < 0 ? all : all.slice(0, end);
    const isLive = unsent.every(({ time, person }) => now - time < liveMs && speakers(person) === 'self');
    if (unsent.length <= liveRows && isLive) {
      for (const row of unsent) {
        row.frame = ++this.frames;
        row.speaker = 'self';
        this.say(encodeUpdate(row.bytes));
      }
      return true;
    }
    for (const { speaker, rows: batch } of batchesOf(unsent, speakers)) {
      const onTheWay = this.frames - this.settled;
      if (onTheWay > 0 && onTheWay + batch.length > rowsOnTheWay) return true;
      const granted = batch.slice(0, this.pace.take(batch.length));
      for (const row of granted) {
        row.frame = ++this.frames;
        row.speaker = speaker;
      }
      const rows = granted.map(({ time, bytes }) => ({ deviceTime: time, update: bytes }));
      if (rows.length > 0)
        this.say(speaker === 'self' ? encodeBatch(rows) : encodeStatedRows({ person: speaker, rows }));
      if (granted.length < batch.length) return false;
    }
    return true;
  }

  /**
   * Whether the home refused a row for whose it is by now, and not for what it says: whoever was stated was confirmed meanwhile. They are stated anew with what was not theirs yet; under a client id of theirs they bring
   * it themselves (R331).
   * @param ask - for whom rows may be sent now.
   */
  async isSaidOfAnother(
    outbox: Outbox,
    refused: RefusedFrame,
    ask: () => Promise<Speakers>,
  ): Promise<boolean> {
    const row = outbox.rows.find(({ frame }) => frame === refused.index);
    if (row === undefined || row.speaker === null || row.speaker === 'self') return false;
    if (refused.reason === 'client_id_of_another') {
      outbox.leaveToOthers(row);
      return true;
    }
    return refused.reason === 'not_allowed' && (await ask())(row.person) !== row.speaker;
  }

  /** Sends all that the home lacks as one update: it said that something is missing there. */
  sendState(update: Uint8Array): void {
    this.frames++;
    this.say(encodeStep2(update));
  }
}

/** Rows of one person that leave together. */
interface Batch {
  readonly speaker: 'self' | PersonId;
  readonly rows: WaitingRow[];
}

function batchesOf(rows: readonly WaitingRow[], speakers: Speakers): Batch[] {
  const batches: Batch[] = [];
  let bytes = 0;
  for (const row of rows) {
    const last = batches.at(-1);
    const size = row.bytes.length + headBytes;
    const speaker = speakers(row.person) as Batch['speaker'];
    const isFull = last === undefined || last.rows.length >= batchRows;
    if (isFull || last.speaker !== speaker || bytes + size > limits.maxBatchBytes - headBytes) {
      batches.push({ speaker, rows: [row] });
      bytes = size;
    } else {
      last.rows.push(row);
      bytes += size;
    }
  }
  return batches;
}
