import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { DocumentId } from '#shared/domain/ids.ts';
import { ClientSocket } from '#server/ws/ClientSocket.ts';
import { Connection } from '#server/ws/Connection.ts';
import type { Session } from '#server/ws/Session.ts';
import type { TestRelay } from './newRelay.ts';

/** A connection in a room, without a network below it: frames are handed over as calls, so that millions of them can be. */
export interface Plug {
  /** How the relay closed it; null while it is open. */
  closed: { code: number; reason: string } | null;
  /** One binary frame, handled when this returns. */
  send: (frame: Uint8Array) => void;
  /** It goes away, as a socket does. */
  leave: () => void;
}

/**
 * Brings a connection into a document's room, past tickets and sockets.
 * @param hear - gets each message that the relay sends. A view: copy what is kept.
 */
export async function plugIn(
  relay: TestRelay,
  document: DocumentId,
  values: Partial<Session> = {},
  hear: (message: Uint8Array) => void = () => {},
): Promise<Plug> {
  const session = {
    person: null,
    sessionId: 's',
    device: null,
    wire: 'calepin.1',
    schema: null,
    epoch: null,
  } as const;
  const socket = new Duplex({
    read: () => {},
    write: (frames: Buffer, _encoding, done) => {
      eachMessage(frames, hear);
      done();
    },
  });
  const plug: Plug = { closed: null, send: () => {}, leave: () => {} };
  let leave = (): void => {};
  const webSocket = {
    close: (code: number, reason: string) => {
      plug.closed = { code, reason };
      // A socket's `close` comes later.
      queueMicrotask(leave);
    },
    pause: () => null,
    resume: () => null,
    ping: () => null,
    terminate: () => queueMicrotask(leave),
  } as unknown as WebSocket;
  const { limits, meter } = relay.documents;
  const client = new ClientSocket(webSocket, socket, { ...session, ...values }, limits, meter);
  relay.documents.addSocket(client);
  const connection = new Connection(client, { ...session, ...values });
  const room = await relay.documents.connect(document, connection);
  if (room === null) return plug;
  leave = () => {
    client.end();
    relay.documents.removeSocket(client);
    room.leave(connection);
    plug.closed ??= { code: 1006, reason: '' };
  };
  plug.leave = leave;
  plug.send = (frame) => {
    if (!connection.closed) room.receive(connection, frame);
  };
  return plug;
}

/** What is in whole, unmasked WebSocket frames. */
function eachMessage(frames: Buffer, take: (message: Uint8Array) => void): void {
  for (let at = 0; at < frames.length;) {
    const short = frames[at + 1] as number;
    const [from, length] =
      short < 126
        ? [at + 2, short]
        : short === 126
          ? [at + 4, frames.readUInt16BE(at + 2)]
          : [at + 10, Number(frames.readBigUInt64BE(at + 2))];
    take(frames.subarray(from, from + length));
    at = from + length;
  }
}
