import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { limits } from '#shared/protocol/messages.ts';
import { type BatchRow, readBatch, readStatedRows } from '#shared/protocol/mirrorMessages.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Connection } from '../ws/Connection.ts';
import type { Member } from './Member.ts';
import { receiveWrite } from './receiveWrite.ts';
import type { RoomFace } from './RoomFace.ts';

/**
 * Rows that waited on a device, each a write frame and a row of its own. What follows one that lacks a predecessor is not looked at: the step 2 that is
 * asked for settles all of them.
 * @throws MalformedError
 */
export function receiveBatch(
  room: RoomFace,
  connection: Connection,
  member: Member,
  message: Uint8Array,
): void {
  receiveRows(room, connection, member, { message, rows: readBatch(message), author: null });
}

/** Rows of somebody else that waited on a mirror's device: each as one of its own, once that person is known to be stated by whoever speaks. @throws MalformedError */
export function receiveStated(
  room: RoomFace,
  connection: Connection,
  member: Member,
  message: Uint8Array,
): void {
  const { person, rows } = readStatedRows(message);
  receiveRows(room, connection, member, { message, rows, author: person });
}

interface Rows {
  readonly message: Uint8Array;
  readonly rows: readonly BatchRow[];
  /** Null: whoever speaks. */
  readonly author: PersonId | null;
}

function receiveRows(
  room: RoomFace,
  connection: Connection,
  member: Member,
  { message, rows, author }: Rows,
): void {
  if (rows.length > limits.maxBatchRows || (rows.length > 1 && message.length > limits.maxBatchBytes)) {
    connection.close(closeCodes.tooLarge, 'too_large');
    return;
  }
  const cost = room.context.limits.batchRowCost;
  let isTaken = true;
  for (const { deviceTime, update } of rows) {
    if (connection.closed) return;
    if (isTaken) {
      const via = connection.isMirror ? 'mirror' : 'socket';
      const arrival = { via, deviceTime, cost, author } as const;
      isTaken = receiveWrite(room, connection, member, 'update', update, arrival);
    } else connection.hold(connection.receiveWrite(update.length, cost), update.length);
  }
}
