import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import { readAwareness } from '#shared/protocol/readClientFrame.ts';
import {
  readAccess,
  readHello,
  readPosition,
  readProof,
  readPong,
  readRefused,
  readStored,
  readUpstream,
} from '#shared/protocol/readRelayMessage.ts';
import { retryUntil } from './retryUntil.ts';

interface Sync<K extends 'step1' | 'step2' | 'update'> {
  readonly kind: K;
  readonly bytes: Uint8Array;
}

/** A message from the relay, as a test reads it. */
export type Heard =
  | Sync<'step1'>
  | Sync<'step2'>
  | Sync<'update'>
  | { readonly kind: 'awareness'; readonly entries: ReturnType<typeof readAwareness> }
  | { readonly kind: 'stored'; readonly settled: number }
  | { readonly kind: 'upstream'; readonly settled: number }
  | ({ readonly kind: 'refused' } & ReturnType<typeof readRefused>)
  | { readonly kind: 'access'; readonly role: string }
  | { readonly kind: 'pong'; readonly number: number }
  | { readonly kind: 'position'; readonly seq: number }
  | ({ readonly kind: 'proof' } & ReturnType<typeof readProof>)
  | ({ readonly kind: 'hello' } & ReturnType<typeof readHello>);

/** A socket that says exactly what a test wants, and keeps what it hears. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly heard: Heard[];
  readonly closed: Promise<{ code: number; reason: string }>;
  send: (bytes: Uint8Array | string) => void;
  /** Asks for the state, and waits for step 2. @returns a document with all of it. */
  join: (stateVector?: Uint8Array) => Promise<Y.Doc>;
  /** Waits for a message of this kind beyond those `after`. */
  hear: <K extends Heard['kind']>(kind: K, count?: number) => Promise<Extract<Heard, { kind: K }>>;
  stored: (settled: number) => Promise<void>;
}

export function rawClient(
  url: string,
  document: DocumentId,
  ticket: string,
  { wire = 'calepin.1', origin }: { wire?: 'calepin.1' | 'y-sync.1'; origin?: string } = {},
): RawClient {
  const socket = new WebSocket(
    `${url}/${document}`,
    [wire, `ticket.${ticket}`],
    origin === undefined ? {} : { origin },
  );
  socket.binaryType = 'nodebuffer';
  const heard: Heard[] = [];
  const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  const opened = new Promise<void>((open) => socket.once('open', open));
  socket.on('message', (data: Buffer) => heard.push(readHeard(data)));
  socket.on('close', (code, reason) => {
    resolve({ code, reason: reason.toString() });
  });
  // A refused handshake: what the relay answered stands for the close code.
  socket.on('unexpected-response', (_request, response) => {
    resolve({ code: response.statusCode ?? 0, reason: 'handshake' });
    socket.terminate();
  });
  socket.on('error', () => null);
  const of = <K extends Heard['kind']>(kind: K) =>
    heard.filter((one) => one.kind === kind) as Extract<Heard, { kind: K }>[];
  const client: RawClient = {
    socket,
    heard,
    closed: promise,
    send: (bytes) => {
      void opened.then(() => {
        socket.send(bytes);
      });
    },
    join: async (stateVector = Uint8Array.of(0)) => {
      const before = of('step2').length;
      client.send(encodeStep1(stateVector));
      await retryUntil('the state', () => of('step2').length > before || socket.readyState > WebSocket.OPEN);
      const doc = new Y.Doc();
      for (const one of heard)
        if (one.kind === 'update' || one.kind === 'step2') Y.applyUpdate(doc, one.bytes);
      return doc;
    },
    hear: async (kind, count = 1) => {
      await retryUntil(`${count} × ${kind}`, () => of(kind).length >= count);
      return of(kind)[count - 1] as never;
    },
    stored: (settled) =>
      retryUntil(`stored ${settled}`, () => of('stored').some((one) => one.settled >= settled)),
  };
  return client;
}

/** One message of the relay. */
export function readHeard(data: Uint8Array): Heard {
  const decoder = decoding.createDecoder(data);
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case messageTypes.sync: {
      const kind = (['step1', 'step2', 'update'] as const)[decoding.readVarUint(decoder)];
      if (kind === undefined) throw new Error('no such sync message');
      return { kind, bytes: decoding.readVarUint8Array(decoder).slice() };
    }
    case messageTypes.awareness:
      return { kind: 'awareness', entries: readAwareness(decoding.readVarUint8Array(decoder)) };
    case messageTypes.stored:
      return { kind: 'stored', settled: readStored(decoder) };
    case messageTypes.refused:
      return { kind: 'refused', ...readRefused(decoder) };
    case messageTypes.upstream:
      return { kind: 'upstream', settled: readUpstream(decoder) };
    case messageTypes.access:
      return { kind: 'access', role: readAccess(decoder) };
    case messageTypes.pong:
      return { kind: 'pong', number: readPong(decoder) };
    case messageTypes.hello:
      return { kind: 'hello', ...readHello(decoder) };
    case messageTypes.position:
      return { kind: 'position', seq: readPosition(decoder) };
    case messageTypes.proof:
      return { kind: 'proof', ...readProof(decoder) };
    default:
      throw new Error(`the relay sent a message of type ${type}`);
  }
}
