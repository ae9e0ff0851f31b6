import WebSocket from 'ws';
import type { DocumentId } from '#shared/domain/ids.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import {
  type AttributedRow,
  type Closed,
  encodeAbout,
  encodeClose,
  encodeOpen,
  nobody,
  type Opened,
  type OpenRequest,
  prefixOf,
  readAbout,
  readAttributed,
  readClosed,
  readOpened,
} from '#shared/protocol/mirrorMessages.ts';
import { type Heard, readHeard } from './rawClient.ts';
import { retryUntil } from './retryUntil.ts';

/** A message about a document of a mirror, as a test reads it. */
export type HeardByMirror =
  | Heard
  | ({ readonly kind: 'opened' } & Opened)
  | ({ readonly kind: 'closed' } & Closed)
  | { readonly kind: 'row'; readonly row: AttributedRow };

/** One document on a mirror's socket. */
export interface MirroredDocument {
  readonly heard: HeardByMirror[];
  open: (request?: Partial<OpenRequest>) => void;
  close: () => void;
  send: (message: Uint8Array) => void;
  /** Waits for the `count`-th message of this kind. */
  hear: <K extends HeardByMirror['kind']>(
    kind: K,
    count?: number,
  ) => Promise<Extract<HeardByMirror, { kind: K }>>;
  rows: () => AttributedRow[];
  stored: (settled: number) => Promise<void>;
}

/** A socket that carries many documents, says exactly what a test wants, and keeps what it hears. */
export interface MirrorClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  send: (frame: Uint8Array | string) => void;
  on: (document: DocumentId) => MirroredDocument;
  /** What is said about the socket itself. */
  readonly self: MirroredDocument;
}

/** @param url - of the relay's sockets, `ws://…/sync`. */
export function mirrorClient(url: string, ticket: string): MirrorClient {
  return mirrorOver(new WebSocket(url, ['calepin.1', `ticket.${ticket}`]));
}

/** The same over a socket that is being opened. */
export function mirrorOver(socket: WebSocket): MirrorClient {
  socket.binaryType = 'nodebuffer';
  const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  const opened = new Promise<void>((open) => socket.once('open', open));
  const heard = new Map<DocumentId | null, HeardByMirror[]>();
  const about = (document: DocumentId | null): HeardByMirror[] => {
    const messages = heard.get(document) ?? [];
    heard.set(document, messages);
    return messages;
  };
  socket.on('message', (data: Buffer) => {
    const { document, message } = readAbout(data);
    about(document).push(read(message));
  });
  socket.on('close', (code, reason) => {
    resolve({ code, reason: reason.toString() });
  });
  socket.on('unexpected-response', (_request, response) => {
    resolve({ code: response.statusCode ?? 0, reason: 'handshake' });
    socket.terminate();
  });
  socket.on('error', () => null);
  const send = (frame: Uint8Array | string): void => {
    void opened.then(() => {
      socket.send(frame);
    });
  };
  const on = (document: DocumentId | null): MirroredDocument => {
    const messages = about(document);
    const prefix = document === null ? nobody : prefixOf(document);
    const say = (message: Uint8Array): void => {
      send(encodeAbout(prefix, message));
    };
    const of = <K extends HeardByMirror['kind']>(kind: K) =>
      messages.filter((one) => one.kind === kind) as Extract<HeardByMirror, { kind: K }>[];
    return {
      heard: messages,
      open: (request = {}) => {
        say(encodeOpen({ schema: 1, epoch: null, seq: 0, ...request }));
      },
      close: () => {
        say(encodeClose());
      },
      send: say,
      hear: async (kind, count = 1) => {
        await retryUntil(`${count} × ${kind}`, () => of(kind).length >= count);
        return of(kind)[count - 1] as never;
      },
      rows: () => of('row').map(({ row }) => row),
      stored: (settled) =>
        retryUntil(`stored ${settled}`, () => of('stored').some((one) => one.settled >= settled)),
    };
  };
  return { socket, closed: promise, send, on, self: on(null) };
}

function read(message: Uint8Array): HeardByMirror {
  switch (message[0]) {
    case messageTypes.open:
      return { kind: 'opened', ...readOpened(message) };
    case messageTypes.closed:
      return { kind: 'closed', ...readClosed(message) };
    case messageTypes.attributed:
      return { kind: 'row', row: readAttributed(message) };
    default:
      return readHeard(message);
  }
}
