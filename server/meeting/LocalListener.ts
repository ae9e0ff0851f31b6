import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '#shared/api/errorCodes.ts';
import type { MeetingPlace } from './Discovery.ts';
import type { Certificate } from './newCertificate.ts';

/** As on the relay's own port: whoever opens connections and never finishes asking is hung up on. */
const limits = { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, handshakeTimeout: 5_000 };
const maxConnections = 500;

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** HTTPS servers on the addresses of local networks, with one certificate, for as long as a meeting lasts. */
export class LocalListener {
  readonly places: readonly MeetingPlace[];
  readonly #servers: readonly Server[];
  readonly #sockets: readonly { close(): Promise<void> }[];
  readonly #connections = new Set<TLSSocket>();

  private constructor(servers: readonly Server[], sockets: readonly { close(): Promise<void> }[]) {
    this.#servers = servers;
    this.#sockets = sockets;
    for (const server of servers)
      server.on('secureConnection', (socket) => {
        this.#connections.add(socket);
        socket.once('close', () => this.#connections.delete(socket));
      });
    this.places = servers.map((server) => {
      const { address, port } = server.address() as AddressInfo;
      return { address, port };
    });
  }

  /**
   * @param attach - serves the WebSockets of a server.
   * @throws AppError `no_local_network` when there is no address to listen on.
   */
  static async open(
    addresses: readonly string[],
    { key, cert }: Certificate,
    fetch: Fetch,
    attach: (server: Server) => { close(): Promise<void> },
  ): Promise<LocalListener> {
    const servers: Server[] = [];
    for (const address of addresses) {
      const server = createAdaptorServer({
        fetch,
        createServer,
        serverOptions: { key, cert, minVersion: 'TLSv1.3', ...limits },
      }) as Server;
      server.maxConnections = maxConnections;
      // An address that went away since it was listed is passed over.
      if (await listens(server, address)) servers.push(server);
    }
    if (servers.length === 0)
      throw new AppError('no_local_network', 'no address of a local network to listen on');
    return new LocalListener(servers, servers.map(attach));
  }

  /** Hangs up on everybody. */
  async close(): Promise<void> {
    const closed = this.#servers.map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    await Promise.all(this.#sockets.map((one) => one.close()));
    // What was said last is still sent: why a document was closed.
    for (const socket of this.#connections) socket.destroySoon();
    await Promise.all(closed);
  }
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, address, () => resolve(true));
  });
}
