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

/** Whole frames again, each message with these bytes before it. @param frames - as `frameMessage` and `frameUpdate` make them. */
export function prefixFrames(frames: Buffer, prefix: Uint8Array): Buffer {
  const prefixed: Buffer[] = [];
  for (let at = 0; at < frames.length;) {
    const short = frames.readUInt8(at + 1);
    const begin = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    const length =
      short < 126
        ? short
        : short === 126
          ? frames.readUInt16BE(at + 2)
          : Number(frames.readBigUInt64BE(at + 2));
    const made = allocate(prefix.length + length);
    made.frame.set(prefix, made.at);
    frames.copy(made.frame, made.at + prefix.length, begin, begin + length);
    prefixed.push(made.frame);
    at = begin + length;
  }
  return prefixed.length === 1 ? (prefixed[0] as Buffer) : Buffer.concat(prefixed);
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
