import * as decoding from 'lib0/decoding';
import { messageTypes, syncTypes } from '#shared/protocol/messages.ts';
import {
  type AttributedRow,
  type Closed,
  type Opened,
  readAttributed,
  readClosed,
  readOpened,
} from '#shared/protocol/mirrorMessages.ts';
import { type PresenceEntry, readAwareness } from '#shared/protocol/readClientFrame.ts';
import { readAccess, readRefused, readStored } from '#shared/protocol/readRelayMessage.ts';
import type { DocumentRole } from '../room/RelayDocuments.ts';

/** A write frame that the home does not take. @param index - its number on the connection. */
export interface RefusedFrame extends Closed {
  readonly index: number;
}

/** What a home says about a document on a mirror's socket. */
export type HomeMessage =
  | ({ readonly kind: 'opened' } & Opened)
  | ({ readonly kind: 'closed' } & Closed)
  | { readonly kind: 'row'; readonly row: AttributedRow }
  | { readonly kind: 'step1' | 'step2' | 'update'; readonly bytes: Uint8Array }
  | { readonly kind: 'stored'; readonly settled: number }
  | ({ readonly kind: 'refused' } & RefusedFrame)
  | { readonly kind: 'access'; readonly role: DocumentRole }
  | { readonly kind: 'presence'; readonly entries: readonly PresenceEntry[] }
  /** What a copy does nothing with. */
  | { readonly kind: 'other' };

/** Reads a message; its bytes are views into it. @throws MalformedError */
export function readHomeMessage(message: Uint8Array): HomeMessage {
  const decoder = decoding.createDecoder(message);
  switch (decoding.readVarUint(decoder)) {
    case messageTypes.open:
      return { kind: 'opened', ...readOpened(message) };
    case messageTypes.closed:
      return { kind: 'closed', ...readClosed(message) };
    case messageTypes.attributed:
      return { kind: 'row', row: readAttributed(message) };
    case messageTypes.stored:
      return { kind: 'stored', settled: readStored(decoder) };
    case messageTypes.refused:
      return { kind: 'refused', ...readRefused(decoder) };
    case messageTypes.access:
      return { kind: 'access', role: readAccess(decoder) as DocumentRole };
    case messageTypes.awareness:
      return { kind: 'presence', entries: readAwareness(decoding.readVarUint8Array(decoder)) };
    case messageTypes.sync: {
      const type = decoding.readVarUint(decoder);
      const kind = type === syncTypes.step1 ? 'step1' : type === syncTypes.step2 ? 'step2' : 'update';
      return { kind, bytes: decoding.readVarUint8Array(decoder) };
    }
    default:
      return { kind: 'other' };
  }
}
