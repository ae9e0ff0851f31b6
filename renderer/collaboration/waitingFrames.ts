import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { limits } from '#shared/protocol/messages.ts';
import { type BatchRow, encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import type { NumberedUpdate } from './joinUpdates.ts';

/** More than what a row takes beside its update: its time and its length. */
const rowBytes = 16;

/** A frame, and the last local change in each of its rows. */
export interface WaitingFrame {
  readonly bytes: Uint8Array;
  readonly through: readonly number[];
}

/**
 * What waited on this device, as frames: each update a row of its own with its time, in as few frames as the wire allows; one of which the time was not kept, as an
 * update alone.
 */
export function waitingFrames(updates: readonly NumberedUpdate[]): WaitingFrame[] {
  const frames: WaitingFrame[] = [];
  let rows: BatchRow[] = [];
  let through: number[] = [];
  let bytes = 0;
  const end = (): void => {
    if (rows.length > 0) frames.push({ bytes: encodeBatch(rows), through });
    [rows, through, bytes] = [[], [], 0];
  };
  for (const { update, madeAt, through: last } of updates) {
    const size = update.length + rowBytes;
    if (madeAt === undefined || rows.length >= limits.maxBatchRows || bytes + size > limits.maxBatchBytes) {
      end();
    }
    if (madeAt === undefined) frames.push({ bytes: encodeUpdate(update), through: [last] });
    else {
      rows.push({ deviceTime: madeAt, update });
      through.push(last);
      bytes += size;
    }
  }
  end();
  return frames;
}
