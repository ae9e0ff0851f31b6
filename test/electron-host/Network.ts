import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromBrowser, originFromBrowser } from './addresses.ts';

/** Answers a request of a custom scheme, as `protocol.handle` takes it. */
export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/**
 * The browser's only way to anything: a proxy in this process. It answers the application's scheme by the handler that main registered, as a stream; it carries sockets
 * to this computer, with the origin that a page of Electron would state; it refuses all else, and keeps what was asked.
 */
export class Network {
  readonly handlers = new Map<string, ProtocolHandler>();
  /** Addresses outside of this computer that something asked for. */
  readonly refused: string[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      // The page itself gave up what it asked for.
      if (response.destroyed) return;
      // A handler that throws is a failed request in Electron, without a status.
      process.stderr.write(`host: ${request.url}: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });

  /** @returns the port of the proxy. */
  async listen(): Promise<number> {
    this.#server.on('connect', (request, socket, head) => this.#tunnel(request, socket as Socket, head));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#server.unref();
    return (this.#server.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = request.url ?? '';
    const address = fromBrowser(asked);
    const handler = this.handlers.get(URL.parse(address)?.protocol.slice(0, -1) ?? '');
    if (address === asked || handler === undefined) {
      this.refused.push(asked);
      response.writeHead(403).end();
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await handler(requestOf(request, address, gone.signal));
    if (response.destroyed) return;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body === null) {
      response.end();
      return;
    }
    // A line of events stays open for as long as its window: the headers go before the first byte.
    response.flushHeaders();
    await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => response.destroy());
  }

  #tunnel(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const { hostname, port } = new URL(`http://${request.url}`);
    socket.on('error', () => undefined);
    if (hostname !== '127.0.0.1' && hostname !== 'localhost') {
      this.refused.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(Number(port), '127.0.0.1');
    upstream.setNoDelay(true);
    upstream.once('connect', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    upstream.pipe(socket);
    let opening = head;
    const onData = (chunk: Buffer): void => {
      opening = Buffer.concat([opening, chunk]);
      const end = opening.indexOf('\r\n\r\n');
      if (end === -1) return;
      socket.off('data', onData);
      const lines = opening.subarray(0, end).toString('latin1');
      upstream.write(
        lines.replace(
          /^(Origin: )(\S+)$/im,
          (_line, name: string, origin: string) => name + originFromBrowser(origin),
        ),
        'latin1',
      );
      upstream.write(opening.subarray(end));
      socket.pipe(upstream);
    };
    socket.on('data', onData);
  }
}

function requestOf(request: IncomingMessage, address: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // What belongs to the connection with the proxy is no part of the page's request.
    if (value !== undefined && !/^(host|connection|proxy-.*|origin|referer)$/.test(name))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(address, {
    method,
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  });
}
