import * as encoding from 'lib0/encoding';
import { messageTypes, syncTypes } from './messages.ts';
import type { PresenceEntry } from './readClientFrame.ts';
import type { SignedHead } from './SignedHead.ts';

/** The bytes of each message, as PROTOCOL.md lays them out. */
const message = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });

const sync = (type: number, payload: Uint8Array): Uint8Array =>
  message(messageTypes.sync, (encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, payload);
  });

/** An update that brings nothing. */
export const emptyUpdate = Uint8Array.of(0, 0);

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => sync(syncTypes.step1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => sync(syncTypes.step2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => sync(syncTypes.update, update);

export const encodeAwareness = (entries: readonly PresenceEntry[]): Uint8Array =>
  message(messageTypes.awareness, (encoder) => {
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, entries.length);
        for (const { client, clock, state } of entries) {
          encoding.writeVarUint(inner, client);
          encoding.writeVarUint(inner, clock);
          encoding.writeVarString(inner, state);
        }
      }),
    );
  });
export const encodeQueryAwareness = (): Uint8Array => message(messageTypes.queryAwareness, () => {});

/** @param settled - how many write frames of this connection, in the order sent, are settled and durable. */
export const encodeStored = (settled: number): Uint8Array =>
  message(messageTypes.stored, (encoder) => {
    encoding.writeVarUint(encoder, settled);
  });

/** @param settled - the same, at the document's home; said by a relay that is not it. */
export const encodeUpstream = (settled: number): Uint8Array =>
  message(messageTypes.upstream, (encoder) => {
    encoding.writeVarUint(encoder, settled);
  });

/** @param index - which write frame of this connection, 1 for the first. */
export const encodeRefused = (index: number, code: number, reason: string): Uint8Array =>
  message(messageTypes.refused, (encoder) => {
    encoding.writeVarUint(encoder, index);
    encoding.writeVarUint(encoder, code);
    encoding.writeVarString(encoder, reason);
  });

export const encodeAccess = (role: string): Uint8Array =>
  message(messageTypes.access, (encoder) => {
    encoding.writeVarString(encoder, role);
  });

export const encodePing = (number: number): Uint8Array =>
  message(messageTypes.ping, (encoder) => {
    encoding.writeVarUint(encoder, number);
  });
export const encodePong = (number: number): Uint8Array =>
  message(messageTypes.pong, (encoder) => {
    encoding.writeVarUint(encoder, number);
  });

export const encodeHello = (epoch: string, seq: number, schemaVersion: number): Uint8Array =>
  message(messageTypes.hello, (encoder) => {
    encoding.writeVarString(encoder, epoch);
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint(encoder, schemaVersion);
  });

/**
 * @param seq - the sender has everything of this epoch up to this row.
 * @param unacknowledged - the first clock of each client id whose structs, from there on, the relay has not acknowledged.
 */
export const encodeResume = (
  epoch: string,
  seq: number,
  unacknowledged: ReadonlyMap<number, number>,
): Uint8Array =>
  message(messageTypes.resume, (encoder) => {
    encoding.writeVarString(encoder, epoch);
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint8Array(encoder, encodeStateVector(unacknowledged));
  });

/** @param seq - every row up to this one was sent on this connection, or is the client's own, or was there before. */
export const encodePosition = (seq: number): Uint8Array =>
  message(messageTypes.position, (encoder) => {
    encoding.writeVarUint(encoder, seq);
  });

/** @param publicKey - the relay's, 32 bytes. */
export const encodeProof = (head: SignedHead, publicKey: Uint8Array): Uint8Array =>
  message(messageTypes.proof, (encoder) => {
    encoding.writeVarString(encoder, head.epoch);
    encoding.writeVarUint(encoder, head.seq);
    encoding.writeUint8Array(encoder, head.digest);
    encoding.writeVarUint(encoder, head.time);
    encoding.writeUint8Array(encoder, head.signature);
    encoding.writeUint8Array(encoder, publicKey);
  });

/** Client → clock, as `Y.encodeStateVector` writes it. */
export const encodeStateVector = (state: ReadonlyMap<number, number>): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, state.size);
    for (const [client, clock] of [...state].sort((a, b) => b[0] - a[0])) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
    }
  });
