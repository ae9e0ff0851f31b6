import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { isId } from '#shared/domain/ids.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { limits as wireLimits, subprotocols } from '#shared/protocol/messages.ts';
import type { RelayCore } from '../room/createDocuments.ts';
import { ClientSocket } from './ClientSocket.ts';
import { Connection } from './Connection.ts';
import { MirrorSocket } from './MirrorSocket.ts';
import { OpeningPace } from './OpeningPace.ts';
import type { Session } from './Session.ts';
import type { TicketOffice } from './TicketOffice.ts';

/** What an upgrade asks for, read from its request. */
export interface UpgradeQuestion {
  /** Null for a mirror's socket. */
  readonly document: DocumentId | null;
  /** The first subprotocol offered, and the only one that is answered. */
  readonly wire: string | null;
  readonly ticket: string | null;
  readonly request: IncomingMessage;
}

export interface AttachOptions {
  readonly documents: RelayCore;
  readonly tickets: TicketOffice;
  /** Origins whose pages may open sockets: `https://notes.example`, `app://bundle`. A function is asked for each. */
  readonly origins: readonly string[] | ((origin: string) => boolean);
  readonly logger: Logger;
  /** Who is asking; null: 401. Default: the ticket. Another answer is for tools that measure or test the relay alone. */
  readonly authenticate?: (question: UpgradeQuestion) => Session | null | Promise<Session | null>;
  /** The document that a path names; null: 404. Default: `/sync/<id>`. */
  readonly documentOf?: (path: string) => DocumentId | null;
}

const mirrorPath = '/sync';
const maxUpgrades = 200;
const upgradeMs = 5_000;
const closeTimeoutMs = 5_000;

/** Serves `/sync/<document>`, and `/sync` for mirrors, on an HTTP server: everything is checked before the upgrade is accepted, so that there is no socket of nobody. */
export function attachWebSocket(server: Server, options: AttachOptions): { close(): Promise<void> } {
  const { documents, logger } = options;
  const documentOf = options.documentOf ?? documentOfPath;
  const authenticate = options.authenticate ?? ((question) => redeem(options.tickets, question));
  const sockets = new WebSocketServer(serverOptions);
  const pace = new OpeningPace(documents.limits);
  let upgrades = 0;
  const refuse = (socket: Duplex, status: keyof typeof reasons): void => {
    documents.meter.upgradeRefused(status);
    answer(socket, status);
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { origin } = request.headers;
    if (origin !== undefined && !isListed(origin, options.origins)) {
      logger.warn({ origin }, 'a socket from an origin that is not listed');
      refuse(socket, 403);
      return;
    }
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const document = path === mirrorPath ? null : documentOf(path);
    if (document === null && path !== mirrorPath) {
      refuse(socket, 404);
      return;
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    const ticket = offered.find((one) => one.startsWith(subprotocols.ticketPrefix)) ?? null;
    const session = await authenticate({
      document,
      wire: offered[0] === '' ? null : (offered[0] ?? null),
      ticket: ticket === null ? null : ticket.slice(subprotocols.ticketPrefix.length),
      request,
    });
    if (session === null) {
      refuse(socket, 401);
      return;
    }
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void serve(documents, pace, document, session, webSocket, socket);
    });
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    if (upgrades >= maxUpgrades) {
      refuse(socket, 503);
      return;
    }
    upgrades++;
    // One that is never decided must not count for ever.
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      socket.destroy();
      late.resolve();
    }, upgradeMs);
    const decided = upgrade(request, socket, head).catch((error: unknown) => {
      logger.error({ err: error }, 'an upgrade failed');
      refuse(socket, 500);
    });
    void Promise.race([decided, late.promise]).finally(() => {
      upgrades--;
      clearTimeout(timer);
    });
  };
  server.on('upgrade', onUpgrade);
  return {
    close: () => {
      server.off('upgrade', onUpgrade);
      const { promise, resolve } = Promise.withResolvers<void>();
      sockets.close(() => {
        resolve();
      });
      return promise;
    },
  };
}

const serverOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: wireLimits.maxFrameBytes,
  maxFragments: 64,
  maxBufferedChunks: 4_096,
  // Known to ws 8.23, not yet to its types.
  closeTimeout: closeTimeoutMs,
  // Only the first: the ticket is never echoed.
  handleProtocols: (offered: Set<string>) => offered.values().next().value ?? false,
};

async function serve(
  documents: RelayCore,
  pace: OpeningPace,
  document: DocumentId | null,
  session: Session,
  webSocket: WebSocket,
  socket: Duplex,
): Promise<void> {
  const { limits, meter } = documents;
  const client = new ClientSocket(webSocket, socket, session, limits, meter, document === null);
  webSocket.on('error', () => {
    // A frame that breaks the WebSocket protocol; ws closes the socket with the code that says so.
  });
  webSocket.on('pong', () => {
    client.missedPongs = 0;
  });
  webSocket.pause();
  documents.addSocket(client);
  const ended = Promise.withResolvers<void>();
  webSocket.on('close', () => {
    client.end();
    documents.removeSocket(client);
    ended.resolve();
  });
  if (client.closed) return;
  await turnOf(client, pace, ended.promise);
  if (client.closed) return;
  const guest =
    document === null
      ? new MirrorSocket(documents, client)
      : await bringIn(documents, document, session, client);
  if (guest === null) return;
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (client.closed) return;
    if (isBinary) guest.receive(data);
    else client.close(closeCodes.textFrame, 'text');
  });
  webSocket.resume();
  await ended.promise;
  guest.end();
}

/**
 * Waits until a person who opens sockets too fast may have this one; too much too fast: it is closed. A visitor cannot be told from another, and has no pace.
 * @param ended - the socket is gone.
 */
async function turnOf(client: ClientSocket, pace: OpeningPace, ended: Promise<void>): Promise<void> {
  const { person } = client.speaker;
  const waitMs = person === null ? 0 : pace.take(person.id, performance.now());
  if (waitMs === null) client.close(closeCodes.tooFast, 'too_many_openings');
  if (waitMs === null || waitMs === 0) return;
  const turn = Promise.withResolvers<void>();
  const timer = setTimeout(turn.resolve, waitMs);
  await Promise.race([turn.promise, ended]);
  clearTimeout(timer);
}

/** The only document of a socket. */
async function bringIn(documents: RelayCore, document: DocumentId, session: Session, client: ClientSocket) {
  const connection = new Connection(client, session);
  const room = await documents.connect(document, connection);
  if (room === null) return null;
  return {
    receive: (data: Buffer) => {
      room.receive(connection, data);
    },
    end: () => {
      room.leave(connection);
    },
  };
}

function redeem(tickets: TicketOffice, { ticket, wire, document }: UpgradeQuestion): Session | null {
  return ticket === null || wire === null ? null : tickets.redeem(ticket, document, wire);
}

function documentOfPath(path: string): DocumentId | null {
  const id = path.startsWith('/sync/') ? path.slice('/sync/'.length) : '';
  return isId(id) ? (id as DocumentId) : null;
}

function isListed(origin: string, origins: AttachOptions['origins']): boolean {
  return typeof origins === 'function' ? origins(origin) : origins.includes(origin);
}

const reasons = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function answer(socket: Duplex, status: keyof typeof reasons): void {
  if (socket.destroyed) return;
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
