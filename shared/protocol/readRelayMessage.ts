import * as decoding from 'lib0/decoding';
import type { Epoch } from '../domain/ids.ts';
import type { SignedHead } from './SignedHead.ts';

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

export function readProof(decoder: decoding.Decoder): { head: SignedHead; publicKey: Uint8Array } {
  const epoch = decoding.readVarString(decoder) as Epoch;
  const seq = decoding.readVarUint(decoder);
  // Copies: the frame goes.
  const bytes = (length: number) => decoding.readUint8Array(decoder, length).slice();
  const digest = bytes(32);
  const time = decoding.readVarUint(decoder);
  return { head: { epoch, seq, digest, time, signature: bytes(64) }, publicKey: bytes(32) };
}

export function readHello(decoder: decoding.Decoder): { epoch: string; seq: number; schemaVersion: number } {
  const epoch = decoding.readVarString(decoder);
  const seq = decoding.readVarUint(decoder);
  return { epoch, seq, schemaVersion: decoding.readVarUint(decoder) };
}
