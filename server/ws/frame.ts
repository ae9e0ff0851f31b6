import { messageTypes, syncTypes } from '#shared/protocol/messages.ts';

const finalBinary = 0x82;

/** A WebSocket frame with room for `length` bytes; returns where they begin. Servers do not mask (RFC 6455, 5.1). */
function allocate(length: number): { frame: Buffer; at: number } {
  const at = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(at + length);
  frame[0] = finalBinary;
  if (at === 2) frame[1] = length;
  else if (at === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  return { frame, at };
}

/** One message as a WebSocket frame, framed once however many sockets it goes to. */
export function frameMessage(message: Uint8Array): Buffer {
  const { frame, at } = allocate(message.length);
  frame.set(message, at);
  return frame;
}

/**
 * An update as the frame of a `sync/update` message, copied once.
 * @returns the frame, and the update's own bytes inside it.
 */
export function frameUpdate(update: Uint8Array): { frame: Buffer; bytes: Uint8Array } {
  let lengthBytes = 1;
  for (let left = update.length; left >= 128; left = Math.floor(left / 128)) lengthBytes++;
  const { frame, at } = allocate(2 + lengthBytes + update.length);
  frame[at] = messageTypes.sync;
  frame[at + 1] = syncTypes.update;
  let position = at + 2;
  let left = update.length;
  for (; left >= 128; left = Math.floor(left / 128)) frame[position++] = 128 | (left % 128);
  frame[position++] = left;
  frame.set(update, position);
  return { frame, bytes: frame.subarray(position) };
}
