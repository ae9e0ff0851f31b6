import * as decoding from 'lib0/decoding';

/**
 * Readers of the relay's own messages, for a client whose decoder stands just behind the message's type (y-websocket's `messageHandlers`).
 * The relay is trusted to write them well.
 */
export const readStored = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder);

export const readUpstream = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder);

export function readRefused(decoder: decoding.Decoder): { index: number; code: number; reason: string } {
  const index = decoding.readVarUint(decoder);
  const code = decoding.readVarUint(decoder);
  return { index, code, reason: decoding.readVarString(decoder) };
}

export const readAccess = (decoder: decoding.Decoder): string => decoding.readVarString(decoder);
export const readPong = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder);

export const readPosition = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder);

export function readHello(decoder: decoding.Decoder): { epoch: string; seq: number; schemaVersion: number } {
  const epoch = decoding.readVarString(decoder);
  const seq = decoding.readVarUint(decoder);
  return { epoch, seq, schemaVersion: decoding.readVarUint(decoder) };
}
